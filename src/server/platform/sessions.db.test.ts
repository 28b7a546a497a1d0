import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statementsOf } from '../testing/statements.ts';
import { aMachine, anEmail, aSchool, aSession, type School } from '../testing/world.ts';
import type { App } from './app.ts';
import { resync } from './bus.ts';
import { sha256 } from './secrets.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const day = 86_400_000;
const hour = 3_600_000;

async function aPerson(role: 'student' | 'moderator' = 'student') {
  const data = { role, email: anEmail(), firstName: 'Илья', lastName: 'Соколов', timeZone: 'Asia/Omsk' };
  return (await app.db.person.create({ data, select: { id: true } })).id;
}
const tokenOf = (cookie: string) => cookie.split('=')[1] ?? '';
const isLive = async (cookie: string) => (await app.sessions.read(cookie)) !== null;
/** As if so much of its life were over: Lucia looks at the real clock. */
const age = (cookie: string, ms: number) =>
  app.pool.query(`UPDATE session SET expires_at = expires_at - make_interval(secs => $2) WHERE id = $1`, [
    sha256(tokenOf(cookie)),
    ms / 1000,
  ]);

test('a session is one person’s, with what every request needs to know of them, in one statement', async () => {
  const personId = await aPerson();
  const cookie = await aSession(app, personId);
  await app.sessions.read(cookie);
  const statements = await statementsOf(app, async () => {
    expect(await app.sessions.read(cookie)).toMatchObject({
      person: { id: personId, role: 'student', firstName: 'Илья', timeZone: 'Asia/Omsk' },
      renewedCookie: null,
    });
  });
  expect(statements).toHaveLength(1);
});

test('the cookie is of no use to who reads the database', async () => {
  const cookie = await aSession(app, await aPerson());
  const row = await app.db.session.findUniqueOrThrow({ where: { id: sha256(tokenOf(cookie)) } });
  expect(JSON.stringify(row)).not.toContain(tokenOf(cookie));
  expect(tokenOf(cookie).length).toBeGreaterThanOrEqual(32);
  expect(await isLive(`otlichno=${row.id}`)).toBe(false);
});

test.each([
  undefined,
  '',
  'otlichno=',
  'otlichno=nobody',
  'other=x; otlichno',
  `otlichno=${'a'.repeat(5000)}`,
  'otlichno=\u0000',
  "otlichno=' OR 1=1",
])('the header %j is nobody', async (header) => {
  expect(await app.sessions.read(header)).toBeNull();
});

test('it is found among other cookies', async () => {
  const cookie = await aSession(app, await aPerson());
  expect(await isLive(`a=1; ${cookie}; b=2`)).toBe(true);
});

describe('however much it is used, a session ends', () => {
  test.each([
    ['moderator', 30],
    ['student', 400],
  ] as const)('of a %s after %i days', async (role, days) => {
    const cookie = await aSession(app, await aPerson(role));
    const id = sha256(tokenOf(cookie));
    const begin = (daysAgo: number) =>
      app.pool.query('UPDATE session SET created_at = $2 WHERE id = $1', [id, new Date(school.clock.now().getTime() - daysAgo * day)]);
    await begin(days - 1);
    expect([await isLive(cookie), (await app.sessions.standing([id])).has(id)]).toEqual([true, true]);
    await begin(days + 1);
    expect([(await app.sessions.standing([id])).has(id), await isLive(cookie)]).toEqual([false, false]);
    expect(await app.db.session.count({ where: { id } })).toBe(0);
  });
});

describe('a session slides', () => {
  test('for thirty days: in the second half of its life it is renewed, cookie and all', async () => {
    const cookie = await aSession(app, await aPerson());
    await age(cookie, 14 * day);
    expect((await app.sessions.read(cookie))?.renewedCookie).toBeNull();
    await age(cookie, 2 * day);
    const renewed = (await app.sessions.read(cookie))?.renewedCookie;
    expect(renewed).toMatch(new RegExp(`^${cookie}; .*HttpOnly`));
    const { expiresAt } = await app.db.session.findUniqueOrThrow({ where: { id: sha256(tokenOf(cookie)) } });
    expect(Math.abs(expiresAt.getTime() - Date.now() - 30 * day)).toBeLessThan(60_000);
    expect((await app.sessions.read(cookie))?.renewedCookie).toBeNull();
  });

  test('and ends when it was not used for them', async () => {
    const cookie = await aSession(app, await aPerson());
    await age(cookie, 30 * day + 1000);
    expect(await isLive(cookie)).toBe(false);
    expect(await app.db.session.count({ where: { id: sha256(tokenOf(cookie)) } })).toBe(0);
  });
});

describe('a moderator’s session', () => {
  test('ends after twelve idle hours, a student’s does not', async () => {
    const student = await aSession(app, await aPerson('student'));
    const moderator = await aSession(app, await aPerson('moderator'));
    school.clock.forward(12 * hour + 1);
    expect([await isLive(student), await isLive(moderator)]).toEqual([true, false]);
    school.clock.forward(-12 * hour);
    expect(await isLive(moderator)).toBe(false);
  });

  test('goes on as long as it is used', async () => {
    const cookie = await aSession(app, await aPerson('moderator'));
    for (let use = 0; use < 5; use += 1) {
      school.clock.forward(11 * hour);
      expect(await isLive(cookie)).toBe(true);
    }
  });
});

test('that it was used is written down at most every five minutes', async () => {
  const personId = await aPerson();
  const cookie = await aSession(app, personId);
  const seen = async () => (await app.sessions.list(personId))[0]?.lastSeenAt;
  const createdAt = school.clock.now();
  school.clock.forward(5 * 60_000);
  await app.sessions.read(cookie);
  expect(await seen()).toEqual(createdAt);
  school.clock.forward(1);
  await app.sessions.read(cookie);
  expect(await seen()).toEqual(school.clock.now());
});

describe('sessions end', () => {
  test('one, all others, all; nobody else’s', async () => {
    const personId = await aPerson();
    const cookies = await Promise.all(Array.from({ length: 4 }, () => aSession(app, personId)));
    const stranger = await aSession(app, await aPerson());
    const [first = '', second = ''] = cookies;
    const live = () => Promise.all([...cookies, stranger].map(isLive));

    expect(await app.sessions.end(personId, { only: sha256(tokenOf(stranger)) })).toBe(0);
    expect(await app.sessions.end(personId, { only: sha256(tokenOf(second)) })).toBe(1);
    expect(await live()).toEqual([true, false, true, true, true]);
    expect(await app.sessions.end(personId, { except: sha256(tokenOf(first)) })).toBe(2);
    expect(await live()).toEqual([true, false, false, false, true]);
    expect(await app.sessions.end(personId, 'all')).toBe(1);
    expect(await live()).toEqual([false, false, false, false, true]);
  });

  test('at once for somebody who is blocked, and are back when the block is lifted', async () => {
    const personId = await aPerson();
    const cookie = await aSession(app, personId);
    await app.db.person.update({ where: { id: personId }, data: { blockedAt: school.clock.now() } });
    expect(await isLive(cookie)).toBe(false);
    await app.db.person.update({ where: { id: personId }, data: { blockedAt: null } });
    expect(await isLive(cookie)).toBe(true);
  });

  test('with the person', async () => {
    const personId = await aPerson();
    const cookie = await aSession(app, personId);
    await app.db.person.delete({ where: { id: personId } });
    expect(await isLive(cookie)).toBe(false);
  });
});

describe('their end is told to every process', () => {
  // Once it is heard, the connection is there.
  beforeAll(() => new Promise<void>((resolve) => app.bus.follow('moderators', () => resolve())));

  async function heardOf(work: () => Promise<unknown>): Promise<string[]> {
    const heard: string[] = [];
    const over = Promise.withResolvers<void>();
    const unfollow = app.bus.follow('sessions', (hint) => {
      if (hint !== resync && hint.kind === 'ended') heard.push(...hint.ids);
      else over.resolve();
    });
    await work();
    await app.bus.announce('sessions', { kind: 'blocked', personId: 'the last' });
    await over.promise;
    unfollow();
    return heard;
  }

  test('all of them, however many, and with the transaction only', async () => {
    const personId = await aPerson();
    await app.pool.query(
      `INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
       SELECT md5(n::text || $1) || md5($1), $1::uuid, now() + interval '1 day', now(), now(), 'test', '10.0.0.1' FROM generate_series(1, 230) AS n`,
      [personId],
    );
    const ids = (await app.sessions.list(personId)).map(({ id }) => id);
    const undone = app.db.$transaction(async (tx) => {
      expect(await app.sessions.endIn(tx, personId, 'all')).toBe(230);
      throw new Error('undone');
    });
    expect(await heardOf(() => expect(undone).rejects.toThrow('undone'))).toEqual([]);
    const [kept = ''] = ids;
    const heard = await heardOf(async () =>
      expect(await app.db.$transaction((tx) => app.sessions.endIn(tx, personId, { except: kept }))).toBe(229),
    );
    expect(heard.toSorted()).toEqual(ids.slice(1).toSorted());
  });

  test('also where a session is found to be over', async () => {
    const cookie = await aSession(app, await aPerson('moderator'));
    school.clock.forward(12 * hour + 1);
    expect(await heardOf(() => app.sessions.read(cookie))).toEqual([sha256(tokenOf(cookie))]);
    school.clock.forward(-12 * hour - 1);
  });
});

test('a look at a session prolongs nothing', async () => {
  const cookie = await aSession(app, await aPerson('moderator'));
  school.clock.forward(11 * hour);
  await age(cookie, 20 * day);
  const before = await app.db.session.findUniqueOrThrow({ where: { id: sha256(tokenOf(cookie)) } });
  expect(await app.sessions.peek(cookie)).toMatchObject({ id: before.id, person: { role: 'moderator' }, renewedCookie: null });
  expect(await app.sessions.standing([before.id, 'f'.repeat(64)])).toEqual(new Map([[before.id, 'live']]));
  expect(await app.db.session.findUniqueOrThrow({ where: { id: before.id } })).toEqual(before);
  school.clock.forward(hour + 1);
  expect([await app.sessions.peek(cookie), await app.sessions.standing([before.id])]).toEqual(['none', new Map()]);
  school.clock.forward(-12 * hour - 1);
});

test('the list names them with when and where, the last used first', async () => {
  const personId = await aPerson();
  const machine = { ...aMachine(), userAgent: `Firefox ${'x'.repeat(1000)}` };
  await app.sessions.create(personId, machine);
  school.clock.forward(1000);
  await aSession(app, personId);
  const list = await app.sessions.list(personId);
  expect(list.map(({ lastSeenAt }) => lastSeenAt.getTime())).toEqual([school.clock.now().getTime(), school.clock.now().getTime() - 1000]);
  expect(list[1]).toMatchObject({ ip: machine.ip, userAgent: machine.userAgent.slice(0, 300) });
});
