import type { App } from '../../../platform/app.ts';
import type { Db, Tx } from '../../../platform/db.ts';
import type { PromoCode, Uses } from './rules.ts';

const promoColumns = {
  id: true,
  percent: true,
  amountMinor: true,
  currency: true,
  courseId: true,
  validFrom: true,
  validUntil: true,
  limitTotal: true,
  perPerson: true,
  disabledAt: true,
} as const;

/** @param code in capital letters, without spaces */
export function findPromo(db: Db | Tx, code: string): Promise<PromoCode | null> {
  return db.promoCode.findUnique({ where: { code }, select: promoColumns });
}

/** An order `o` that holds a use of its code, as a condition of a statement: an open one gives it back when its time is over, also where no job has closed it. */
export const holdsUse = (now: string) => `(o.state = 'paid' OR (o.state = 'open' AND o.expires_at > ${now}))`;

export async function countUses(app: Pick<App, 'clock'>, db: Db | Tx, promoCodeId: string, personId: string): Promise<Uses> {
  const [row] = await db.$queryRawUnsafe<Uses[]>(
    `SELECT count(*)::int AS total, (count(*) FILTER (WHERE o.person_id = $2::uuid))::int AS "byPerson"
      FROM payment_order o WHERE o.promo_code_id = $1::uuid AND ${holdsUse('$3::timestamptz')}`,
    promoCodeId,
    personId,
    app.clock.now(),
  );
  return row ?? { total: 0, byPerson: 0 };
}
