import type { PaymentPlan, PromoRefusal } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { countUses, findPromo } from './queries.ts';
import { judgePromo } from './rules.ts';

/** What a code makes of a price. */
export type TakenPromo = { promoCodeId: string; amountMinor: number } | { refused: PromoRefusal };

/**
 * Takes a use of a code for an order that is written in the same transaction: under the lock of the code, so that its last use goes to one. A code that
 * there is not costs a guess, as on the page where codes are tried. @throws AppError AUTH_RATE_LIMITED
 */
export async function takePromo(
  app: App,
  tx: Tx,
  of: { code: string; personId: string; courseId: string; plan: PaymentPlan; listMinor: number; currency: string },
): Promise<TakenPromo> {
  // FOR NO KEY UPDATE: orders that refer to the code need not wait, only whoever takes a use or changes it.
  await tx.$queryRaw`SELECT 1 FROM promo_code WHERE code = ${of.code} FOR NO KEY UPDATE`;
  const promo = await findPromo(tx, of.code);
  const uses = promo ? await countUses(app, tx, promo.id, of.personId) : { total: 0, byPerson: 0 };
  const judged = judgePromo(promo, of, uses, app.clock.now());
  if (promo && 'amountMinor' in judged) return { promoCodeId: promo.id, amountMinor: judged.amountMinor };
  const refused = 'refused' in judged ? judged.refused : 'unknown';
  if (refused === 'unknown') await app.limits.take('payments.promo', of.personId);
  return { refused };
}
