/** What must stay between the school and a provider: it is in no log, in no row, in nothing that anybody is answered. */
import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAcquirer } from '../../acquirer/server.ts';
import type { Acquirer } from '../../acquirer/types.ts';
import type { App } from '../../platform/app.ts';
import { createLog } from '../../platform/log.ts';
import type { ProviderError } from '../../platform/payments.ts';
import { aLiveServer, type LiveServer } from '../../testing/live-server.ts';
import { anOrder, aPaidCourse, runJobs } from '../../testing/payments.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { listHistory } from './history/queries.ts';
import { getOverview } from './office/overview/queries.ts';
import { getPayment } from './office/queries.ts';
import { askRefund } from './refunds/actions.ts';
import { sweep } from './subscriptions/jobs.ts';
import { getMyPayments } from './subscriptions/queries.ts';

let acquirer: Acquirer;
let school: School;
let app: App;
let server: LiveServer;
const written: string[] = [];
const dayMs = 86_400_000;

beforeAll(async () => {
  const clock = aClock();
  acquirer = await startAcquirer({
    now: () => clock.now().getTime(),
    webhooks: { cloudpayments: (type) => `${server.url}/api/payments/cloudpayments/${type}` },
    webhookRetryMs: 20,
  });
  const lines = new PassThrough();
  lines.on('data', (line) => written.push(String(line)));
  school = await aSchool({ clock, env: acquirer.env, log: createLog('debug', lines) });
  app = school.app;
  server = await aLiveServer(app);
  app.config = { ...app.config, publicUrl: server.url };
});
afterAll(async () => {
  await server.close();
  await school.close();
  await acquirer.stop();
});

/** Every row of every table, with bytes as text too. */
async function everyRow(): Promise<string> {
  const { rows: tables } = await app.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await app.pool.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
    parts.push(JSON.stringify(rows, (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value)));
  }
  return parts.join('\n');
}

test.each(['tbank', 'cloudpayments'] as const)('%s: no key, no token of a card and no signature stays anywhere', async (provider) => {
  const { actor: student } = await aStudent(app);
  const { actor: moderator } = await aModerator(app);
  const course = await aPaidCourse(app);
  const kept: string[] = [];
  // Jobs are gone once they have run, so they are read while they wait.
  const work = async () => {
    kept.push(await everyRow());
    kept.push(...(await runJobs(app)).map(({ error }) => `${error} ${JSON.stringify(error)} ${(error as ProviderError).stack}`));
  };

  const order = await anOrder(app, { actor: student }, course, { plan: 'month', provider });
  await acquirer.pay(order.attemptId);
  await acquirer.settled();
  await work();
  const { paidUntil } = await app.db.subscription.findFirstOrThrow({ where: { personId: student.id } });
  // Announced; then not understood, refused, and done.
  school.clock.set(new Date((paidUntil?.getTime() ?? 0) - 3 * dayMs));
  await sweep(app);
  school.clock.set(paidUntil ?? '');
  for (const kind of ['htmlPage', 'refused', null] as const) {
    if (kind) acquirer.failNext({ kind, provider });
    await sweep(app);
    await work();
    await acquirer.settled();
    await work();
    school.clock.forward(dayMs + 60_000);
  }
  const charge = await app.db.paymentAttempt.findFirst({ where: { kind: 'saved', state: 'captured', order: { personId: student.id } } });
  expect(charge).not.toBeNull();
  const refund = { attemptId: order.attemptId, clientId: randomUUID(), amountMinor: 100, reason: 'скидка', endsAccess: false };
  await askRefund(app, moderator, refund);
  acquirer.failNext({ kind: 'cutAfter', provider });
  await work();
  // Somebody tries the door, with a true message that was changed.
  for (const { url, headers, body } of acquirer.notifications())
    await fetch(url, { method: 'POST', headers, body: `${body}x` }).then((answer) => answer.text());
  kept.push(await everyRow());

  const answers = JSON.stringify([
    await getMyPayments(app, student),
    await listHistory(app, student, {}),
    await getPayment(app, moderator, order.id),
    await getOverview(app),
  ]);
  const { password } = acquirer.tbank;
  const { secret, publicId } = acquirer.cloudpayments;
  const [card] = acquirer.cards().filter((one) => one.provider === provider);
  const told = acquirer.notifications().filter((one) => one.provider === provider);
  const bodies = told.map(({ body }) => body.toString());
  const secrets = [
    ...[password, secret, Buffer.from(`${publicId}:${secret}`).toString('base64'), card?.token],
    ...told.map(({ headers }) => headers['content-hmac']),
    ...bodies.flatMap((body) => [/"Token":"(\w+)"/.exec(body)?.[1], /"Pan":"([\d*]+)"/.exec(body)?.[1]]),
  ].filter((one) => one !== undefined);
  expect(secrets.length).toBeGreaterThan(5);
  expect(answers).toContain('••');
  const everything = [...written, ...kept, answers].join('\n');
  expect(everything).toContain(order.attemptId);
  expect([...new Set(secrets)].filter((one) => everything.includes(one))).toEqual([]);
  // Nor what they are called by there: whatever stands under these names is one.
  expect([...new Set(everything.match(/content-hmac|RebillId|\bPan\b|\bToken\b|CardCryptogram/g))]).toEqual([]);
  // And there was something to look through.
  expect(written.join('')).toMatch(/a saved card could not be charged.+a message to a payment webhook was refused/s);
});
