/** Every procedure, whatever is sent to it. One run of this length is a look; the long one is `npm run bench -- --only fuzz`. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import * as z from 'zod';
import { liveRouter } from '../../live-router.ts';
import { appRouter } from '../../router.ts';
import { t } from '../../trpc/init.ts';
import { publicProcedure, router } from '../../trpc/procedures.ts';
import { aBrowser } from '../browser.ts';
import { aMachine } from '../world.ts';
import { idorTests } from './idor.ts';
import { randomFrom } from './random.ts';
import { callOne, candidatesOf, fuzz } from './run.ts';
import { aValid, fieldsOf, loosenessOf, proceduresOf } from './schema.ts';
import { aFuzzWorld, type FuzzWorld, victimsMark } from './world.ts';

let world: FuzzWorld;
beforeAll(async () => {
  world = await aFuzzWorld();
});
afterAll(() => world.close());

const procedures = [...proceduresOf(appRouter), ...proceduresOf(liveRouter)];
/** Texts that their schemas let through as they are, and who sees to them. */
const cleanedLater: [pattern: RegExp, why: string][] = [
  [
    /^auth\..* (code|password|setup)$|^people\.personalData\.close code$|^people\.moderator\.changePassword /,
    'read as digits, hashed, or opened as a seal',
  ],
  [/ phone$/, 'read as a number, or refused'],
  [/ consentVersion$|^people\.personalData\.agree version$/, 'compared with the one there is'],
  [/ cursor$| token$| keyFix\.token$/, 'unsealed, hashed or parsed, and parsed again'],
  [/^news\.office\.preview button\./, 'shown to who typed it'],
  [/^news\.office\.setList text$/, 'read as addresses'],
  [/^payments\.promo code$/, 'parsed as a code where it is looked for'],
  [/^people\.students\.(find|list) q$/, 'taken apart into words'],
];
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const scale = Number(process.env.FUZZ_SCALE ?? 1);

test('no input takes keys it does not name, or lists without an end', () => {
  expect(procedures.flatMap(({ path, input }) => (input ? loosenessOf(input) : []).map((loose) => `${path}${loose}`))).toEqual([]);
});

test('no text goes on to the database that it cannot keep: NUL, halves of pairs', () => {
  const random = randomFrom(7);
  const kept = procedures.flatMap(({ path, input }) =>
    (input ? fieldsOf(input) : []).flatMap(({ path: field, whole }) => {
      const valid = aValid(whole, random, candidatesOf(world, random, path), field);
      const texts =
        typeof valid === 'string' ? ['\0', '\ud800'].flatMap((bad) => [valid + bad, bad + valid, `${valid.slice(0, -1)}${bad}`, bad]) : [];
      const passed = texts.map((text) => whole.safeParse(text)).filter(({ success }) => success);
      return passed.some(({ data }) => typeof data === 'string' && (data.includes('\0') || !data.isWellFormed()))
        ? [`${path} ${field}`]
        : [];
    }),
  );
  expect(kept.filter((text) => !cleanedLater.some(([pattern]) => pattern.test(text)))).toEqual([]);
});

test.each([
  [
    'courses.office.restoreSubject',
    {
      id: randomUUID(),
      title: 'Физика',
      about: 'ЕГЭ',
      maxPrimary: 45,
      slug: 'fizika',
      scales: [2025, 2025].map((year) => ({ year, points: [] })),
    },
  ],
])('%s: what was a fault once is refused', async (path, input) => {
  const teacher = aBrowser(world.school.app, { cookie: world.moderator.cookie });
  expect((await callOne(teacher, { path, type: 'mutation' }, input)).outcome).toBe('INPUT_INVALID');
});

// Before the run, which changes what there is.
describe('what is somebody else’s', () => idorTests(() => world));

test(`whoever calls whatever with whatever: no fault, and nothing of anybody else: seed ${seed}`, {
  timeout: 120_000 * scale,
}, async () => {
  onTestFailed(() => void process.stdout.write(`FUZZ_SEED=${seed}\n`));
  const rounds = { guest: 3, blocked: 1, student: 4 * scale, moderator: 2 * scale };
  const { findings, outcomes, calls } = await fuzz(world, { random: randomFrom(seed), procedures, rounds });
  if (process.env.FUZZ_SEED) process.stdout.write(`${calls} ${JSON.stringify(outcomes)}\n`);
  expect(findings).toEqual([]);
  // It came further than the schemas: otherwise the run is worth nothing.
  expect((outcomes.ok ?? 0) / calls).toBeGreaterThan(0.15);
});

test('such a run finds what it is for', async () => {
  const faulty = router({
    breaks: publicProcedure.input(z.strictObject({ name: z.string() })).query(({ input }) => {
      if (input.name.includes('\0')) throw new Error('a fault');
    }),
    tells: publicProcedure.query(() => ({ name: `${victimsMark} and who else` })),
    fine: publicProcedure.input(z.strictObject({ name: z.string().max(5) })).query(({ input }) => input),
  });
  const callerOf = t.createCallerFactory(faulty);
  const open = () => ({
    call: callerOf({
      app: world.school.app,
      requestId: '',
      request: { ...aMachine(), cookie: undefined, local: false },
      session: async () => null,
      setCookie() {},
    }),
    streams: () => ({}),
  });
  const rounds = { guest: 60, blocked: 0, student: 0, moderator: 0 };
  const { findings } = await fuzz(world, { random: randomFrom(7), procedures: proceduresOf(faulty), rounds, open });
  expect(new Set(findings.map(({ path, what }) => `${path} ${what.split(/[ :]/)[0]}`))).toEqual(
    new Set(['breaks UNEXPECTED', 'tells gives']),
  );
});
