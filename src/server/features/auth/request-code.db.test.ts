import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestCodeInput } from '#shared/auth.ts';
import type { App } from '../../platform/app.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aMachine, anEmail, aSchool, aStudent, codeFor, limitsElapse, type School } from '../../testing/world.ts';
import { requestCode, verifyCode } from './actions.ts';
import { findFlow } from './queries.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const ask = (email: string, from = aMachine()) => requestCode(app, from, { email, locale: 'ru' });
const requestsOf = (email: string) => app.db.loginCode.count({ where: { email } });
const limited = (retryAfterSeconds: unknown = expect.any(Number)) =>
  expect.objectContaining({ code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds } });

describe('known and unknown addresses get the same', () => {
  async function aKnownAddress() {
    const { email } = await aStudent(app);
    await limitsElapse(app, 61);
    return email;
  }
  async function aBlockedAddress() {
    const { email } = await aStudent(app);
    await limitsElapse(app, 61);
    await app.db.person.update({ where: { email }, data: { blockedAt: new Date() } });
    return email;
  }
  async function aModeratorsAddress() {
    const email = anEmail();
    await app.db.person.create({ data: { role: 'moderator', email, firstName: 'Ольга', lastName: 'Громова' } });
    return email;
  }

  test.each([
    ['a student', aKnownAddress],
    ['a blocked student', aBlockedAddress],
    ['a moderator', aModeratorsAddress],
  ])('answer and work at the database: %s', async (_, make) => {
    // Whatever is done once per connection is done.
    await Promise.all([ask(anEmail()), ask(anEmail())]);
    const known = await make();
    const unknown = anEmail();
    const flows: object[] = [];
    const statements = async (email: string) => statementsOf(app, async () => flows.push((await ask(email)).flow));
    expect(await statements(known)).toEqual(await statements(unknown));
    expect(flows[0]).toEqual({ ...flows[1], email: known });
    expect(await requestsOf(unknown)).toBe(1);
  });

  test('refusals', async () => {
    const known = await aKnownAddress();
    const unknown = anEmail();
    for (const email of [known, unknown]) {
      await ask(email);
      await expect(ask(email)).rejects.toEqual(limited(60));
    }
  });

  test('tries of a code that was never sent', async () => {
    const from = aMachine();
    const { token } = await ask(anEmail(), from);
    const outcomes = [];
    for (let attempt = 0; attempt < 6; attempt += 1) outcomes.push(await verifyCode(app, from, token, '000000'));
    expect(outcomes).toEqual([
      ...[4, 3, 2, 1].map((attemptsLeft) => ({ outcome: 'wrong', attemptsLeft })),
      { outcome: 'burnt' },
      { outcome: 'burnt' },
    ]);
  });

  test('even the code that would have been sent opens nothing', async () => {
    const from = aMachine();
    const email = anEmail();
    const { token } = await ask(email, from);
    expect(await verifyCode(app, from, token, await codeFor(app, email))).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
    expect(await app.db.person.count({ where: { email } })).toBe(0);
  });
});

describe('how often', () => {
  test('one address: a letter a minute, five an hour, ten a day', async () => {
    const email = anEmail();
    const sentIn: number[] = [];
    for (let hour = 0; hour < 3; hour += 1) {
      let sent = 0;
      for (let minute = 0; minute < 6; minute += 1) {
        const results = await Promise.allSettled([ask(email), ask(email)]);
        sent += results.filter((result) => result.status === 'fulfilled').length;
        await limitsElapse(app, 61);
      }
      sentIn.push(sent);
      await limitsElapse(app, 3600);
    }
    expect(sentIn).toEqual([5, 5, 0]);
    expect(await requestsOf(email)).toBe(10);
    await limitsElapse(app, 86_400);
    await expect(ask(email)).resolves.toBeDefined();
  });

  test('one machine: a hundred and twenty letters an hour, whoever they go to; its neighbour has its own', async () => {
    const from = aMachine();
    // Each letter counts as one; a hundred at once would only show how long a busy machine waits for its database.
    await ask(anEmail(), from);
    await app.limits.take('code.ip', from.network, 114);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => ask(anEmail(), from)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5);
    await expect(ask(anEmail(), from)).rejects.toEqual(limited());
    await expect(ask(anEmail(), aMachine())).resolves.toBeDefined();
  });

  test('limits hold over two processes on one database, also at the same moment', async () => {
    const other = await aSchool({ databaseUrl: school.databaseUrl });
    try {
      const email = anEmail();
      const results = await Promise.allSettled(
        [app, other.app, app, other.app].map((process) => requestCode(process, aMachine(), { email, locale: 'ru' })),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const from = aMachine();
      for (let use = 0; use < 120; use += 1) await (use % 2 ? app : other.app).limits.take('code.ip', from.network);
      await expect(app.limits.take('code.ip', from.network)).rejects.toEqual(limited());
      await expect(other.app.limits.take('code.ip', from.network)).rejects.toEqual(limited());
      expect(await other.app.limits.wait('code.ip', from.network)).toBeGreaterThan(3500);
      expect(await other.app.limits.wait('code.ip', aMachine().network)).toBe(0);
    } finally {
      await other.close();
    }
  });

  test('the longest address there is counts like any other', async () => {
    const email = `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(3)}co.ru`;
    expect(requestCodeInput.parse({ email, locale: 'ru' }).email).toBe(email);
    await ask(email);
    await expect(ask(email)).rejects.toEqual(limited(60));
  });
});

test('the page that waits for a code finds its request again, and nobody else’s', async () => {
  const email = anEmail();
  const { token, flow } = await ask(email);
  expect(await findFlow(app, token)).toEqual(flow);
  expect(await findFlow(app, null)).toBeNull();
  expect(await findFlow(app, `${token}x`)).toBeNull();
});
