/** What acquirers tell: how many messages a second are taken, and how many are worked off; what recording a payment asks of the database, and a sweep of nothing. */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { recordSnapshot } from '#server/features/payments/record/actions.ts';
import { sweepSubscriptions } from '#server/features/payments/subscriptions/sweep/actions.ts';
import { withClient } from '#server/platform/database-admin.ts';
import type { PaymentSnapshot } from '#server/platform/payments.ts';
import { aCourse } from '#server/testing/course.ts';
import { statementsOf } from '#server/testing/statements.ts';
import { insertOrders, insertSubscriptions, payAttemptId, payMessage, priceMinor } from '../payments.ts';
import { startProcess } from '../processes.ts';
import { budgetRow, median, type Row } from '../row.ts';
import { insertStudents } from '../students.ts';
import type { World } from '../world.ts';

const secret = 'secret of the bench';
const env = { PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_bench', PAYMENTS_CLOUDPAYMENTS_SECRET: secret, PAYMENTS_TEST: 'on', DEMO: 'off' };
const path = '/api/payments/cloudpayments/pay';
const connections = 32;
const pairs = 6;
/** Of a round; the first pair warms up and is not counted. */
const messages = 400;
const subscriptions = 10_000;
const sweeps = 200;
/** It comes every minute: what it finds by an index costs nothing, reading all of them would cost more than this. */
const sweepBudgetMs = 2;

export async function payments(world: World): Promise<Row[]> {
  return [...(await taking(world)), ...(await recording(world)), ...(await sweeping(world))];
}

/** A school with a course for sale and so many students, by number. */
async function aSchoolThatSells(world: World, students: number) {
  const { url } = await world.anEmptySchool();
  const { app, close } = await world.openApp(url, env);
  world.afterwards(close);
  await aCourse(app, { priceMinor });
  const people = await withClient(url, async (client) => {
    await client.query(insertStudents, [students]);
    const { rows } = await client.query<{ id: string; n: number }>(
      `SELECT id, substring(email FROM '^student(\\d+)@')::int AS n FROM person WHERE role = 'student'`,
    );
    return new Map(rows.map(({ id, n }) => [n, id]));
  });
  return { url, app, personOf: (n: number) => people.get(n) ?? '' };
}

async function taking(world: World): Promise<Row[]> {
  const all = (pairs + 1) * messages;
  const { url, app, personOf } = await aSchoolThatSells(world, all);
  await withClient(url, async (client) => {
    await client.query(insertOrders, [0, all - 1]);
    await client.query('VACUUM ANALYZE');
  });
  const other = await world.anEmptySchool();
  const school = await world.startServer(url, env);
  const floor = await startProcess('cli/bench/webhook-floor.ts', { DATABASE_URL: other.url, WEBHOOK_SECRET: secret });
  world.afterwards(floor.stop);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const rates: { ours: number; bare: number; worked: number }[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const batch = Array.from({ length: messages }, (_, n) => payMessage(pair * messages + n, personOf(pair * messages + n), secret));
    // The second of a pair finds a warmer machine: each side is it in turn.
    const early = pair % 2 === 0 ? null : await burst(agent, floor.url, batch);
    const startedAt = performance.now();
    const ours = await burst(agent, school.url, batch);
    await workedOff(app);
    const worked = (messages / (performance.now() - startedAt)) * 1000;
    rates.push({ ours, bare: early ?? (await burst(agent, floor.url, batch)), worked });
  }
  agent.destroy();
  const counted = rates.slice(1);
  const n = counted.length * messages;
  const [ours, bare] = [median(counted.map((rate) => rate.ours)), median(counted.map((rate) => rate.bare))];
  const ratio = median(counted.map((rate) => rate.ours / rate.bare));
  return [
    {
      name: 'payments: messages taken, while they are worked off : bare Express, one INSERT',
      unit: '/s',
      value: ours,
      floor: bare,
      ratio,
      n,
    },
    {
      name: 'payments: messages taken and worked off: ledger, course, notice',
      unit: '/s',
      value: median(counted.map(({ worked }) => worked)),
      floor: null,
      ratio: null,
      n,
    },
  ];
}

/** All at once over so many connections. @returns how many a second were thanked for */
async function burst(agent: Agent, url: string, batch: ReturnType<typeof payMessage>[]): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(
    batch.map(
      ({ headers, body }) =>
        new Promise<void>((resolve, reject) => {
          const sending = request(url + path, {
            agent,
            method: 'POST',
            headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          });
          sending.on('error', reject);
          sending.on('response', (answer) => {
            // A refusal is quick and would look like speed.
            if (answer.statusCode === 200) answer.resume().on('end', resolve);
            else reject(new Error(`a message was refused: ${answer.statusCode}`));
          });
          sending.end(body);
        }),
    ),
  );
  return (batch.length / (performance.now() - startedAt)) * 1000;
}

async function workedOff(app: Awaited<ReturnType<World['openApp']>>['app']): Promise<void> {
  for (;;) {
    const { rows } = await app.pool.query<{ left: number }>('SELECT count(*)::int AS left FROM payment_event WHERE processed_at IS NULL');
    if (rows[0]?.left === 0) break;
    await wait(20);
  }
  const { rows } = await app.pool.query<{ outcome: string | null }>(
    `SELECT DISTINCT outcome FROM payment_event WHERE outcome <> 'applied'`,
  );
  if (rows.length > 0) throw new Error(`messages were not applied: ${rows.map(({ outcome }) => outcome).join()}`);
}

async function recording(world: World): Promise<Row[]> {
  const { url, app, personOf } = await aSchoolThatSells(world, 1);
  await withClient(url, (client) => client.query(insertOrders, [0, 0]));
  const snapshot: PaymentSnapshot = {
    provider: 'cloudpayments',
    attemptId: payAttemptId(0),
    providerPaymentId: '6000000000',
    state: 'captured',
    amountMinor: priceMinor,
    currency: 'RUB',
    refundedMinor: 0,
    refunds: [],
    customerId: personOf(0),
    test: true,
    paidWith: '•• 3055',
    method: null,
    decline: null,
    receiptUrl: null,
    at: new Date(),
  };
  const count = async (work: () => Promise<unknown>) =>
    (await statementsOf(app, work)).filter((text) => !/^(BEGIN|COMMIT)/i.test(text)).length;
  const first = await count(() => recordSnapshot(app, snapshot));
  const again = await count(() => recordSnapshot(app, snapshot));
  const row = (name: string, value: number): Row => ({ name, unit: '', value, floor: null, ratio: null, n: 1 });
  return [row('payments: statements that record a payment', first), row('payments: statements of the same told again', again)];
}

async function sweeping(world: World): Promise<Row[]> {
  const { url, app } = await aSchoolThatSells(world, subscriptions + 1);
  await withClient(url, async (client) => {
    await client.query(insertSubscriptions, [subscriptions]);
    await client.query('VACUUM ANALYZE');
  });
  const times: number[] = [];
  for (let time = 0; time < sweeps; time += 1) {
    const startedAt = performance.now();
    await sweepSubscriptions(app);
    times.push(performance.now() - startedAt);
  }
  const name = `payments: a sweep of ${subscriptions.toLocaleString('en-US')} subscriptions of which none is due`;
  return [budgetRow(name, 'ms', median(times), sweepBudgetMs, sweeps)];
}
