import type { App } from '../../../platform/app.ts';
import { moneyTransaction, tellPayer } from '../hold.ts';
import { followEntitlements } from './steps.ts';

const atOnce = 500;

/** Takes enrolments away whose time is over. Nobody gets in by them since their very end (`isEnrolled`); this makes lists and counts say so too. */
export async function endEnrolments(app: App): Promise<void> {
  const over = await app.db.enrolment.findMany({
    where: { how: 'paid', endsAt: { lte: app.clock.now() } },
    orderBy: { endsAt: 'asc' },
    take: atOnce,
    select: { personId: true, courseId: true },
  });
  for (const { personId, courseId } of over) {
    await moneyTransaction(app, async (tx) => {
      await followEntitlements(app, tx, personId, courseId);
      await tellPayer(app, tx, personId);
    });
  }
}
