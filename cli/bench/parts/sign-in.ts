/** Whether the clock tells which addresses have an account: each door of the way in, asked with known addresses and with unknown ones in turns. */
import { register, requestCode } from '#server/features/auth/actions.ts';
import { hashPassword } from '#server/features/people/passwords.ts';
import type { App } from '#server/platform/app.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { aBrowser, type Browser } from '#server/testing/browser.ts';
import { aMachine, aRegistration } from '#server/testing/world.ts';
import type { Row } from '../row.ts';
import { insertStudents } from '../students.ts';
import type { World } from '../world.ts';

const warmUp = 10;
const pairs = 150;
const each = warmUp + pairs;
/** Of a hundred pairs the slower one is the known address in so many, at most: even one who guesses is right in fifty. */
const told = 0.6;

interface Door {
  name: string;
  /** Not timed. */
  prepare?: (browser: Browser, email: string) => Promise<unknown>;
  ask: (browser: Browser, email: string) => Promise<unknown>;
  known: (n: number) => string;
}

const student = (from: number) => (n: number) => `student${from + n}@example.ru`;

const doors: Door[] = [
  { name: 'ask for a code', ask: ({ call }, email) => call.auth.requestCode({ email, locale: 'ru' }), known: student(0) },
  { name: 'register', ask: ({ call }, email) => call.auth.register(aRegistration({ email })), known: student(each) },
  {
    name: 'a wrong code',
    prepare: ({ call }, email) => call.auth.requestCode({ email, locale: 'ru' }),
    ask: ({ call }) => call.auth.verifyCode({ code: '000000' }),
    known: student(2 * each),
  },
  {
    name: 'a wrong password',
    ask: ({ call }, email) => call.auth.signInModerator({ email, password: 'not this one' }),
    known: (n) => `teacher${n}@example.ru`,
  },
];

export async function signIn(world: World): Promise<Row[]> {
  const { url } = await world.anEmptySchool();
  await withClient(url, async (client) => {
    await client.query(insertStudents, [4 * each]);
    await client.query(
      `INSERT INTO person (role, email, first_name, last_name, password_hash)
        SELECT 'moderator', 'teacher' || n || '@example.ru', 'Мария', 'Ковалёва', $1 FROM generate_series(0, $2::int - 1) n`,
      [await hashPassword('correct horse battery'), each],
    );
    await client.query('VACUUM ANALYZE');
  });
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  const rows: Row[] = [];
  for (const door of doors) rows.push(await compare(app, door));
  return [...rows, await bare(app)];
}

async function compare(app: App, door: Door): Promise<Row> {
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < each; n += 1) {
    for (const side of n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const email = side === 'known' ? door.known(n) : `${door.name.replaceAll(' ', '-')}-${n}@example.ru`;
      const browser = aBrowser(app);
      await door.prepare?.(browser, email);
      const startedAt = performance.now();
      await door.ask(browser, email);
      if (n >= warmUp) times[side].push(performance.now() - startedAt);
    }
  }
  const share = slowerShare(times.known, times.unknown);
  return {
    name: `${door.name}: known and unknown told apart`,
    unit: 'of pairs',
    value: Math.max(share, 1 - share),
    floor: 0.5,
    ratio: Math.max(share, 1 - share) / 0.5,
    n: pairs,
    goal: { atMost: told / 0.5 },
  };
}

/** Proof that the measure would see it: the work itself, before the answer is held back, where the two doors do cost something different. */
async function bare(app: App): Promise<Row> {
  const times = { register: [] as number[], code: [] as number[] };
  for (let n = 0; n < each; n += 1) {
    const form = aRegistration();
    times.register.push(await timed(() => register(app, aMachine(), { ...form, phone: form.phone ?? '' })));
    times.code.push(await timed(() => requestCode(app, aMachine(), { email: `bare-${n}@example.ru`, locale: 'ru' })));
  }
  return {
    name: 'registering and asking for a code, told apart',
    unit: 'of pairs',
    value: slowerShare(times.register, times.code),
    floor: null,
    ratio: null,
    n: each,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** In what share of all pairs the first takes longer: one half where the clock tells nothing, whatever the spread. */
function slowerShare(first: number[], second: number[]): number {
  const wins = first.reduce((sum, a) => sum + second.filter((b) => a > b).length, 0);
  return wins / (first.length * second.length);
}
