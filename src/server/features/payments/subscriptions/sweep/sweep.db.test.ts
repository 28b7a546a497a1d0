import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPaidCourse, aPayingSchool, type PayingSchool } from '../../../../testing/payments.ts';
import { explained } from '../../../../testing/plans.ts';
import { statementsOf } from '../../../../testing/statements.ts';
import { sweepSubscriptions } from './actions.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
afterAll(() => school.close());

test('ten thousand subscriptions of which none is due are one look at an index', async () => {
  const { app, clock } = school;
  const course = await aPaidCourse(app);
  const [now, later] = [clock.now(), new Date(clock.now().getTime() + 20 * 86_400_000)];
  await app.pool.query(
    `WITH people AS (
      INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'n' || n || '@example.ru', 'Илья', 'Соколов' FROM generate_series(1, 10000) n
      RETURNING id)
    INSERT INTO subscription (person_id, course_id, provider, amount_minor, currency, state, anchor_at, periods, paid_until, next_charge_at, created_at, cancelled_at)
    SELECT id, $1::uuid, 'tbank', 29000, 'RUB', 'active', $2::timestamptz, 1, $3::timestamptz, CASE WHEN random() < 0.1 THEN NULL ELSE $3::timestamptz END, $2::timestamptz, NULL FROM people`,
    [course.id, now, later],
  );
  await app.pool.query('UPDATE subscription SET cancelled_at = created_at WHERE next_charge_at IS NULL');
  await app.pool.query('ANALYZE subscription');
  expect(await statementsOf(app, () => sweepSubscriptions(app))).toHaveLength(1);
  const { app: watched, plans } = explained(app);
  await sweepSubscriptions(watched);
  expect(plans[0]).toMatch(/subscription_state_next_charge_at_idx/);
  expect(plans[0]).not.toMatch(/Seq Scan/);
});
