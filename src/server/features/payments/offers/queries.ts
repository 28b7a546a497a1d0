import { AppError } from '#shared/errors.ts';
import type { OfferDto } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { isShown } from '../../courses/visible.ts';
import { paymentsOf } from '../provider.ts';
import { findSubscription } from '../subscriptions/queries.ts';
import { stoppedProviders } from '../switches/queries.ts';
import { ownedOf } from './rules.ts';

interface OfferRow {
  id: string;
  slug: string;
  title: string;
  currency: string;
  once: number;
  month: number;
  email: string;
  how: string | null;
  ends_at: Date | null;
  open_order: string | null;
}

/** What a course costs, and how this person may pay. @throws AppError COURSES_NOT_FOUND */
export async function getOffer(app: App, actor: PersonActor, input: { course: string }): Promise<OfferDto> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<OfferRow>({
    name: 'payments-offer',
    // An open order: what is still to be paid, or is being looked at by the bank or by a person. Charges of a subscription are none of a student's doing.
    text: `SELECT c.id, c.slug, c.title, c.currency, c.price_minor AS once, c.monthly_minor AS month, p.email, e.how, e.ends_at,
        (SELECT o.id FROM payment_order o LEFT JOIN subscription s ON s.id = o.subscription_id
          WHERE o.person_id = p.id AND o.course_id = c.id AND o.state = 'open' AND (s.id IS NULL OR s.state = 'pending')
            AND (o.expires_at > $3 OR EXISTS (SELECT 1 FROM payment_attempt a WHERE a.order_id = o.id AND (a.state = 'authorized' OR a.held_reason IS NOT NULL)))
          ORDER BY o.created_at DESC, o.id DESC LIMIT 1) AS open_order
      FROM course c CROSS JOIN person p LEFT JOIN enrolment e ON e.person_id = p.id AND e.course_id = c.id
      WHERE c.slug = $1 AND ${isShown('c')} AND p.id = $2`,
    values: [input.course, actor.id, now],
  });
  const row = rows[0];
  if (!row) throw new AppError('COURSES_NOT_FOUND');
  const { once, month, currency, how } = row;
  const [stopped, subscription] = await Promise.all([stoppedProviders(app.db), findSubscription(app.db, actor.id, row.id)]);
  const owned = ownedOf({ role: actor.role, once, month, enrolment: how === null ? null : { how, endsAt: row.ends_at } }, now);
  const takers = paymentsOf(app).all.filter(({ currencies }) => currencies.includes(currency));
  // In a currency that nobody here takes it is not sold on the site, now or later: a moderator opens it.
  const sold = takers.length > 0;
  return {
    course: { slug: row.slug, title: row.title },
    currency,
    once: (sold && once) || null,
    month: (sold && month) || null,
    providers: takers.filter(({ id }) => !stopped.has(id)).map(({ id, ways, test }) => ({ id, ways: [...ways], test })),
    owned: owned && { how: owned.how, until: owned.until?.toISOString() ?? null },
    subscription,
    email: row.email,
    openOrder: row.open_order,
  };
}
