/**
 * A hundred orders at both acquirers, and what they tell of them: more than a thousand messages at once, each many times and in any order, forged ones among
 * them, and a `kill -9` of the school in the middle. Afterwards the ledger, the refunds, the rights and the books of the acquirers agree to the kopeck.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { webhooksPath } from '#shared/payments.ts';
import { startAcquirer } from './acquirer/server.ts';
import type { Acquirer, Payment } from './acquirer/types.ts';
import { checkout } from './features/payments/orders/actions.ts';
import { lookAtWeek } from './features/payments/reconcile/actions.ts';
import type { PersonActor } from './platform/app.ts';
import { aCourse } from './testing/course.ts';
import { asMessage, bring, bringAll, forgeriesOf, type Message } from './testing/payments-storm.ts';
import { aSchoolProcess, type OpenSchoolProcess } from './testing/school-process.ts';
import { aSchool, type School } from './testing/world.ts';

/** A run that failed is gone through again with its own: CHAOS_SEED=… vitest run src/server/payments-chaos */
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const messagesAtLeast = 1000;
const killAfter = 300;

const prices = { once: 1_990_01, month: 290_55 };
const part = 90_00;

/**
 * What the payers do, so many of the hundred at T-Bank and at CloudPayments; the rest just pays. `left`: what remains of their money in the end. Only
 * CloudPayments lets a page be tried again or paid twice, and refuses another sum when it asks the school.
 */
const stories = {
  paid: { count: 46, left: (price: number) => price, course: true },
  'declined-then-paid': { count: 10, left: (price: number) => price, course: true },
  declined: { count: 8, left: () => 0, course: false },
  never: { count: 6, left: () => 0, course: false },
  refunded: { count: 6, left: () => 0, course: false },
  'partly-refunded': {
    count: 6,
    left: (price: number, provider: string) => (provider === 'tbank' ? price : price - 3 * part),
    course: true,
  },
  twice: { count: 6, left: (price: number) => price, course: true },
  'a-kopeck': { count: 4, left: (_price: number, provider: string) => (provider === 'tbank' ? 1 : 0), course: false },
  late: { count: 4, left: (price: number) => price, course: true },
  /** The school never hears of it: only the acquirer's books know. */
  lost: { count: 4, left: (price: number) => price, course: true },
};
type Story = keyof typeof stories;

interface Bought {
  story: Story;
  provider: 'tbank' | 'cloudpayments';
  plan: 'once' | 'month';
  personId: string;
  orderId: string;
  attemptId: string;
}

let acquirer: Acquirer;
let school: School;
const processes: OpenSchoolProcess[] = [];
const current = () => processes.at(-1);

beforeAll(async () => {
  acquirer = await startAcquirer({
    webhooks: {
      tbank: () => `http://school${webhooksPath}/tbank`,
      // A question is put to the school itself; messages are kept back and brought by the test.
      cloudpayments: (type) => `${type === 'check' ? current()?.url : 'http://school'}${webhooksPath}/cloudpayments/${type}`,
    },
    faults: { dropped: 1 },
  });
  school = await aSchool({ env: { ...acquirer.env, PUBLIC_URL: 'http://school' } });
  // The processes go by the real clock.
  school.clock.set(new Date());
  await aProcess();
}, 60_000);
afterAll(async () => {
  for (const one of processes) one.signal('SIGKILL');
  await Promise.all(processes.map((one) => one.ended));
  await acquirer.stop();
  await school.close();
});

async function aProcess(): Promise<OpenSchoolProcess> {
  const started = await aSchoolProcess({
    ...acquirer.env,
    PUBLIC_URL: 'http://school',
    DATABASE_URL: school.databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    DEMO: 'off',
  });
  processes.push(started);
  return started;
}

const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await school.app.pool.query<Row>(text, values)).rows;
const patient = { timeout: 60_000, interval: 100 };

let dice = seed;
/** From 0 to 1; the same row of numbers for the same seed. */
function roll(): number {
  dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
  return dice / 2 ** 32;
}

function shuffled<T>(things: readonly T[]): T[] {
  const rolled = things.map((thing) => ({ thing, at: roll() }));
  return rolled.sort((a, b) => a.at - b.at).map(({ thing }) => thing);
}

/** A hundred students, each of whom begins to buy the same course: once, or by the month. */
async function ordersOfAHundred(): Promise<Bought[]> {
  const { id: courseId, slug } = await aCourse(school.app, { priceMinor: prices.once });
  await query('UPDATE course SET monthly_minor = $2 WHERE id = $1', [courseId, prices.month]);
  const plots = Object.keys(stories).flatMap((story) => Array<Story>(stories[story as Story].count).fill(story as Story));
  const people = await query<{ id: string }>(
    `INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'payer' || n || '@example.ru', 'Анна', 'Волкова'
    FROM generate_series(1, $1::int) n RETURNING id`,
    [plots.length],
  );
  const begun = await Promise.all(
    plots.map(async (story, index) => {
      const personId = people[index]?.id ?? '';
      const actor: PersonActor = { kind: 'person', id: personId, role: 'student', timeZone: 'Europe/Moscow' };
      const provider = index % 2 === 0 ? ('tbank' as const) : ('cloudpayments' as const);
      const plan = index % 5 === 0 ? ('month' as const) : ('once' as const);
      const input = { course: slug, plan, provider, expectedMinor: prices[plan], agreesToCharges: true, locale: 'ru' as const };
      return { story, provider, plan, personId, ...(await checkout(school.app, actor, { ...input, clientId: randomUUID() })) };
    }),
  );
  const pages = await vi.waitFor(async () => {
    const rows = await query<{ id: string; orderId: string }>(
      'SELECT id, order_id AS "orderId" FROM payment_attempt WHERE pay_url IS NOT NULL',
    );
    expect(rows).toHaveLength(plots.length);
    return new Map(rows.map(({ id, orderId }) => [orderId, id]));
  }, patient);
  return begun.map((one) => ({ ...one, attemptId: pages.get(one.orderId) ?? '' }));
}

/** What the payer does, or the owner in the provider's cabinet. */
async function live({ story, provider, attemptId }: Bought): Promise<void> {
  const again = provider === 'cloudpayments';
  const pay = (how = {}) => acquirer.pay(attemptId, how);
  if (story === 'never') return;
  if (story === 'declined') return void (await pay({ card: 'funds' }));
  if (story === 'declined-then-paid' && again) await pay({ card: 'expired' });
  if (story === 'late') acquirer.expire(attemptId);
  if (story === 'a-kopeck') return void (await pay({ amountMinor: 1 }));
  const { providerPaymentId } = await pay({ late: story === 'late', card: roll() < 0.5 ? 'ok' : 'three-ds' });
  if (story === 'twice' && again) await pay({ late: true });
  if (story === 'refunded') acquirer.refundInCabinet(providerPaymentId);
  // Of a part T-Bank tells no sum: it is for a person to say, so nobody does it here.
  if (story === 'partly-refunded' && again) for (let time = 0; time < 3; time += 1) acquirer.refundInCabinet(providerPaymentId, part);
}

/** What the acquirers have said until now, but for what gets lost. */
function said(bought: readonly Bought[]): Message[] {
  const lost = new Set(bought.filter(({ story }) => story === 'lost').map(({ attemptId }) => attemptId));
  const of = new Map(acquirer.payments().map(({ id, attemptId }) => [id, attemptId]));
  return acquirer
    .notifications()
    .filter(({ paymentId }) => !lost.has(of.get(paymentId) ?? ''))
    .map(asMessage);
}

/** Nothing is left to be done of what was heard. */
async function worked(): Promise<void> {
  await vi.waitFor(async () => {
    const [left] = await query(
      `SELECT (SELECT count(*) FROM payment_event WHERE processed_at IS NULL)::int AS events,
        (SELECT count(*) FROM payment_refund WHERE state IN ('waiting', 'sent'))::int AS refunds`,
    );
    expect(left).toEqual({ events: 0, refunds: 0 });
  }, patient);
}

test('a thousand messages of a hundred orders, and a school that is killed: everybody has what was paid, to the kopeck', async () => {
  onTestFailed(() => void process.stdout.write(`CHAOS_SEED=${seed}\n`));
  const bought = await ordersOfAHundred();
  await Promise.all(bought.map(live));
  const first = said(bought);
  const times = Math.ceil(messagesAtLeast / first.length);
  const stranger = bought.find(({ story }) => story === 'never')?.attemptId ?? '';
  const forged = first.slice(0, 40).flatMap((one) => forgeriesOf(one, stranger));
  const storm = shuffled([...first.flatMap((one) => Array<Message>(times).fill(one)), ...forged]);

  const killed = current();
  const { thanked, left, wrong } = await bring(killed?.url ?? '', storm, (count) => count === killAfter && killed?.signal('SIGKILL'));
  await killed?.ended;
  // What was thanked for never comes again: it has to be kept by then.
  const again = left.filter(({ id }) => !thanked.has(id));
  expect(again.length).toBeGreaterThan(0);
  await forgetTheDead();
  const { url } = await aProcess();
  wrong.push(...(await bringAll(url, again)));
  await worked();
  // The school has given second payments back meanwhile, and is told of that, too.
  const known = new Set(first.map(({ id }) => id));
  wrong.push(
    ...(await bringAll(
      url,
      said(bought).filter(({ id }) => !known.has(id)),
    )),
  );
  await worked();
  expect(wrong).toEqual([]);
  await expectKept(said(bought));
  await expectAgreement(
    bought.filter(({ story }) => story !== 'lost'),
    bought,
  );

  // Of what was lost the books know.
  // Old enough: what is young may still be on its way.
  school.clock.forward(30 * 60_000);
  await lookAtWeek(school.app);
  await worked();
  await expectAgreement(bought, bought);
  expect(await query(`SELECT DISTINCT kind FROM payment_issue WHERE resolved_at IS NULL`)).toEqual([{ kind: 'held' }]);
}, 120_000);

/** As if half a minute had gone by, after which the queue takes the jobs of a dead process for lost. */
async function forgetTheDead(): Promise<void> {
  // What its connections still do goes on for a moment.
  await vi.waitFor(async () => {
    const rows = await query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'otlichno-jobs' AND state <> 'idle'`,
    );
    expect(rows).toEqual([]);
  }, patient);
  await query(`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
}

/** Each message once, and none that was forged. */
async function expectKept(messages: readonly Message[]): Promise<void> {
  const [kept] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM payment_event WHERE kind <> 'check'`);
  expect(kept).toEqual({ count: messages.length });
}

/** @param known those of whom the school knows how it ended */
async function expectAgreement(known: readonly Bought[], all: readonly Bought[]): Promise<void> {
  const ids = new Set(known.map(({ attemptId }) => attemptId));
  const kept = await query<{
    provider: string;
    id: string;
    captured: number;
    refunded: number;
    came: number;
    went: number;
    payments: number;
  }>(
    `SELECT a.provider, a.provider_payment_id AS id, a.captured_minor AS captured, a.refunded_minor AS refunded,
      coalesce(sum(l.amount_minor) FILTER (WHERE l.kind = 'payment'), 0)::int AS came,
      coalesce(-sum(l.amount_minor) FILTER (WHERE l.kind <> 'payment'), 0)::int AS went, count(l.id) FILTER (WHERE l.kind = 'payment')::int AS payments
    FROM payment_attempt a LEFT JOIN payment_ledger l ON l.attempt_id = a.id GROUP BY a.id HAVING a.captured_minor > 0 OR count(l.id) > 0`,
  );
  const line = (provider: string, id: string, came: number, went: number) => `${provider} ${id} +${came} −${went}`;
  const theirs = acquirer
    .payments()
    .filter(({ capturedMinor, attemptId }: Payment) => capturedMinor > 0 && ids.has(attemptId))
    .map((one) => line(one.provider, one.id, one.capturedMinor, one.refundedMinor))
    .sort();
  expect(kept.map((one) => line(one.provider, one.id, one.captured, one.refunded)).sort()).toEqual(theirs);
  expect(kept.map((one) => line(one.provider, one.id, one.came, one.went)).sort()).toEqual(theirs);
  expect(kept.filter(({ payments }) => payments !== 1)).toEqual([]);

  const money = await query<{ orderId: string; left: number }>(
    `SELECT a.order_id AS "orderId", coalesce(sum(l.amount_minor), 0)::int AS left FROM payment_attempt a LEFT JOIN payment_ledger l ON l.attempt_id = a.id
    GROUP BY a.order_id`,
  );
  const leftOf = new Map(money.map(({ orderId, left }) => [orderId, left]));
  const meant = ({ story, plan, provider }: Bought) =>
    known.some((one) => one.story === story) ? stories[story].left(prices[plan], provider) : 0;
  expect(all.filter((one) => leftOf.get(one.orderId) !== meant(one))).toEqual([]);

  // Who paid what was asked has the course, unless the money went back; nobody else has it.
  const owners = known.filter(({ story }) => stories[story].course).map(({ personId }) => personId);
  const enrolled = await query<{ id: string }>(
    `SELECT person_id AS id FROM enrolment WHERE how = 'paid' AND (ends_at IS NULL OR ends_at > now())`,
  );
  expect(enrolled.map(({ id }) => id).sort()).toEqual(owners.sort());
  const entitled = await query<{ id: string }>('SELECT person_id AS id FROM entitlement WHERE ended_at IS NULL');
  expect(entitled.map(({ id }) => id).sort()).toEqual(owners.sort());

  // Each order that was paid is thanked for once, though its money may have gone back since.
  const thanked = await query<{ orderId: string }>(
    `SELECT n.data->'order'->>'id' AS "orderId" FROM notice n JOIN delivery d ON d.notice_id = n.id
    WHERE n.kind = 'payment' AND n.data->'order'->>'event' = 'paid' AND d.channel = 'site'`,
  );
  const paid = known.filter(({ story }) => stories[story].course || story === 'refunded').map(({ orderId }) => orderId);
  expect(thanked.map(({ orderId }) => orderId).sort()).toEqual(paid.sort());
}
