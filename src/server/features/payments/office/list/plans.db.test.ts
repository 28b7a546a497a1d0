/** In a large school the lists read indexes, never every order: the plans of the very statements, on tens of thousands of orders. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaymentsListInput, paymentsListInput, subscriptionFilters } from '#shared/payments-office.ts';
import { aPaidCourse, aPayingSchool, type PayingSchool } from '../../../../testing/payments.ts';
import { explained } from '../../../../testing/plans.ts';
import { listSubscriptions } from '../subscriptions/queries.ts';
import { listPayments } from './queries.ts';

let school: PayingSchool;
let personId: string;
beforeAll(async () => {
  school = await aPayingSchool();
  const { id } = await aPaidCourse(school.app);
  const { pool } = school.app;
  await pool.query(`INSERT INTO person (role, email, first_name, last_name)
    SELECT 'student', 'p' || n || '@example.ru', 'Анна', 'Соколова' || n FROM generate_series(1, 8000) n`);
  await pool.query(
    `INSERT INTO payment_order (person_id, course_id, client_id, title, plan, list_minor, amount_minor, currency, email, state, created_at, expires_at)
      SELECT p.id, $1, gen_random_uuid(), 'Курс', 'once', 100, 100, 'RUB', p.email,
        (CASE WHEN n % 50 = 0 THEN 'open' WHEN n % 5 = 0 THEN 'closed' ELSE 'paid' END)::payment_order_state, now() - n * interval '1 minute', now()
      FROM (SELECT p.id, p.email, row_number() OVER () * 3 + k AS n FROM person p, generate_series(0, 2) k) p`,
    [id],
  );
  await pool.query(`INSERT INTO payment_attempt (order_id, provider, provider_payment_id, kind, state, amount_minor, currency, captured_minor, refunded_minor,
      held_reason, sent_at, created_at, expires_at)
    SELECT o.id, CASE WHEN o.number % 2 = 0 THEN 'tbank' ELSE 'cloudpayments' END, 'pay' || o.number, 'page',
      (CASE WHEN o.state = 'paid' THEN 'captured' WHEN o.number % 7 = 0 THEN 'failed' ELSE 'expired' END)::payment_state, 100, 'RUB',
      CASE WHEN o.state = 'paid' THEN 100 ELSE 0 END, CASE WHEN o.state = 'paid' AND o.number % 500 = 0 THEN 100 ELSE 0 END,
      CASE WHEN o.number % 4000 = 1 THEN 'amount' END, CASE WHEN o.number % 4000 = 2 THEN now() - interval '5 hours' END, o.created_at, o.expires_at
    FROM payment_order o`);
  await pool.query(`INSERT INTO payment_issue (kind, key, provider, attempt_id, first_seen_at, last_seen_at, resolved_at)
    SELECT 'double', a.id::text, a.provider, a.id, now(), now(), CASE WHEN row_number() OVER () % 200 > 0 THEN now() END FROM payment_attempt a LIMIT 2000`);
  await pool.query(
    `INSERT INTO subscription (person_id, course_id, provider, amount_minor, currency, state, paid_until, next_charge_at, created_at, cancelled_at, ended_at)
      SELECT p.id, $1, 'tbank', 100, 'RUB', (CASE WHEN n % 3 = 0 THEN 'ended' WHEN n % 10 = 1 THEN 'past_due' ELSE 'active' END)::subscription_state,
        now() + n * interval '1 minute', CASE WHEN n % 5 > 0 THEN now() + n * interval '1 minute' END, now(),
        CASE WHEN n % 5 = 0 THEN now() END, CASE WHEN n % 3 = 0 THEN now() - n * interval '1 minute' END
      FROM (SELECT p.id, row_number() OVER () AS n FROM person p) p`,
    [id],
  );
  await pool.query('VACUUM ANALYZE person, payment_order, payment_attempt, payment_issue, subscription');
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM person WHERE email = 'p4711@example.ru'`);
  personId = rows[0]?.id ?? '';
});
afterAll(() => school.close());

const whole = ['payment_order o', 'payment_order n', 'payment_attempt a', 'payment_issue i', 'person p', 'subscription s'].map(
  (table) => `Seq Scan on ${table}`,
);
const wholeTables = (plans: string[]) => plans.flatMap((plan) => whole.filter((scan) => plan.includes(scan)));

const cases: [string, () => Partial<PaymentsListInput>, { nextPage?: boolean }?][] = [
  ['the newest', () => ({})],
  ['the next page', () => ({}), { nextPage: true }],
  ['paid ones', () => ({ filter: 'paid' })],
  ['open ones', () => ({ filter: 'open' })],
  ['declined ones', () => ({ filter: 'declined' })],
  ['those with a refund', () => ({ filter: 'refunded' })],
  ['those that want a person', () => ({ filter: 'attention' })],
  ['by a bank', () => ({ provider: 'tbank' })],
  ['of a student', () => ({ personId })],
  ['by number', () => ({ search: '№ 4711' })],
  ['by the id of the bank', () => ({ search: 'pay14711' })],
  ['by e-mail', () => ({ search: 'p4711@example.ru' })],
  ['by name', () => ({ search: 'соколова4711 анна' })],
  ['by a name that nobody has', () => ({ search: 'достоевский' })],
];

test.each(cases)('orders: %s', async (_name, over, { nextPage = false } = {}) => {
  const input = paymentsListInput.parse({ search: '', ...over() });
  const cursor = nextPage ? (await listPayments(school.app, input)).nextCursor : null;
  const { app, plans } = explained(school.app);
  await listPayments(app, { ...input, ...(cursor && { cursor }) });
  expect(plans.length).toBeGreaterThan(0);
  expect(wholeTables(plans), plans.join('\n')).toEqual([]);
});

test.each(subscriptionFilters)('subscriptions: %s, page by page and by name', async (filter) => {
  const { nextCursor, items } = await listSubscriptions(school.app, { filter, search: '' });
  expect(items.length).toBeGreaterThan(0);
  for (const part of [{ search: '' }, { search: '', cursor: nextCursor ?? '' }, { search: 'соколова4711' }]) {
    const { app, plans } = explained(school.app);
    await listSubscriptions(app, { filter, ...part });
    expect(plans.length).toBeGreaterThan(0);
    expect(wholeTables(plans), plans.join('\n')).toEqual([]);
    // A page comes in the order of its index: what is sorted was read as a whole before.
    if (part.search === '') expect(plans.join('\n')).not.toContain('Sort');
  }
});
