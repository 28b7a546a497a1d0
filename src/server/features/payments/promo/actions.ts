import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { type PromoDto, promoCodeText, type promoInput } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { countUses, findPromo } from './queries.ts';
import { judgePromo } from './rules.ts';

/** What a code would make of the price; nothing is taken. Guesses are counted. @throws AppError COURSES_NOT_FOUND, AUTH_RATE_LIMITED */
export async function tryPromo(app: App, actor: PersonActor, input: z.output<typeof promoInput>): Promise<PromoDto> {
  await app.limits.take('payments.promo', actor.id);
  const course = await app.db.course.findUnique({
    where: { slug: input.course, publishedAt: { not: null }, deletedAt: null },
    select: { id: true, priceMinor: true, monthlyMinor: true, currency: true },
  });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const listMinor = input.plan === 'once' ? course.priceMinor : course.monthlyMinor;
  const code = promoCodeText.safeParse(input.code).data;
  const promo = code === undefined ? null : await findPromo(app.db, code);
  if (code === undefined || !promo) return { outcome: 'refused', reason: 'unknown' };
  // Not sold so: no code is for it.
  if (listMinor === 0) return { outcome: 'refused', reason: 'other-course' };
  const purchase = { courseId: course.id, plan: input.plan, listMinor, currency: course.currency };
  const judged = judgePromo(promo, purchase, await countUses(app, app.db, promo.id, actor.id), app.clock.now());
  return 'refused' in judged
    ? { outcome: 'refused', reason: judged.refused }
    : { outcome: 'applied', code, listMinor, amountMinor: judged.amountMinor };
}
