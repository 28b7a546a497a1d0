/** Whoever names a thing of somebody else's hears what one hears of a thing that does not exist, at every procedure that takes an id, and changes nothing. */
import { beforeAll, describe, expect, test } from 'vitest';
import { liveRouter } from '../../live-router.ts';
import { appRouter } from '../../router.ts';
import { aBrowser } from '../browser.ts';
import { aSession } from '../world.ts';
import { type IdMeaning, isId, meaningOf, privateKinds } from './ids.ts';
import { complete, randomFrom } from './random.ts';
import { callOne, candidatesOf } from './run.ts';
import { aValid, fieldsOf, type ListedProcedure, proceduresOf } from './schema.ts';
import { type FuzzWorld, officeMark, victimsMark } from './world.ts';

const procedures = [...proceduresOf(appRouter), ...proceduresOf(liveRouter)];
const idsOf = ({ path, input }: ListedProcedure) =>
  (input ? fieldsOf(input) : []).filter(isId).map((field) => ({ field: field.path, meaning: meaningOf(path, field.path) }));
const isPrivate = (meaning: IdMeaning | null) => meaning === 'new' || privateKinds.some((kind) => kind === meaning);

/** Where the victim hears what a stranger hears. */
const saysNothing: Record<string, string> = {
  'auth.endSession': 'a session that is not there has ended; that the victim’s goes on is seen in the rows',
  'chat.delete': 'the message is named by its number, which is not the first one’s here',
  'chat.restore': 'the same',
  'exams.long.work': 'the victim’s work was handed in outside an exam',
  'news.article': 'the draft is the office’s, and not the victim’s either',
  'reviews.markSeen': 'nothing was decided that could be seen',
};

/** The tests, over a world that nobody has called anything in yet. */
export function idorTests(theWorld: () => FuzzWorld): void {
  let world: FuzzWorld;
  let before: string;
  beforeAll(async () => {
    world = theWorld();
    before = await victimsRows(world);
  });

  test('every id says what it names', () => {
    const unnamed = procedures.flatMap((procedure) => {
      return idsOf(procedure).flatMap(({ field, meaning }) => (meaning === null ? [`${procedure.path} ${field}`] : []));
    });
    expect(unnamed, 'say in ids.ts what these name').toEqual([]);
  });

  /** As many as the limits of one minute allow. */
  const seeds = [1, 2, 3];

  const withIds = procedures.filter((procedure) => idsOf(procedure).some(({ meaning }) => isPrivate(meaning)));
  describe.each(withIds.map((procedure) => ({ ...procedure })))('$path', (procedure) => {
    const { path, input } = procedure;
    test('a stranger learns and changes nothing', async () => {
      if (!input) throw new Error('it takes no id');
      const browser = aBrowser(world.school.app, { cookie: world.stranger.cookie });
      const made = idsOf(procedure).some(({ meaning }) => meaning === 'new');
      let heard = 0;
      for (const seed of seeds) {
        await world.school.app.pool.query('DELETE FROM rate_limit');
        const [theirs, nobodys] = [true, false].map((exists) =>
          aValid(input, complete(randomFrom(seed)), naming(world, path, seed, exists)),
        );
        const [real, none] = [await callOne(browser, procedure, theirs), await callOne(browser, procedure, nobodys)];
        expect(real.answer).not.toContain(victimsMark);
        expect(real.answer).not.toContain(officeMark);
        expect([real.outcome, real.answer]).not.toContain('UNEXPECTED');
        if (real.outcome !== 'INPUT_INVALID') heard += 1;
        // What a client names in advance is made where it is free, so that «ok» is right there.
        if (!made) expect([real.outcome, real.answer]).toEqual([none.outcome, none.answer]);
        if (real.outcome === 'AUTH_FORBIDDEN') break;
      }
      expect(heard, 'no input came past the schema').toBeGreaterThan(0);
    });
  });

  test('nothing of the victim’s has changed', async () => {
    expect(await victimsRows(world)).toBe(before);
  });

  /** The control: the same inputs are worth something to the one whose things they name. Queries before changes, which take away what the others would find. */
  test('the victim hears something else', async () => {
    const ofTypes = ['query', 'subscription', 'mutation'] as const;
    const named = withIds.filter((procedure) => idsOf(procedure).every(({ meaning }) => meaning !== 'new'));
    const deaf: string[] = [];
    for (const procedure of ofTypes.flatMap((type) => named.filter((each) => each.type === type))) {
      const { path, input } = procedure;
      if (!input) continue;
      let differs = false;
      for (const seed of [...seeds, 4, 5, 6, 7, 8]) {
        if (differs) break;
        await world.school.app.pool.query('DELETE FROM rate_limit');
        const [theirs, nobodys] = [true, false].map((exists) =>
          aValid(input, complete(randomFrom(seed)), naming(world, path, seed, exists)),
        );
        const browser = aBrowser(world.school.app, { cookie: await aSession(world.school.app, world.victim.actor.id) });
        const [real, none] = [await callOne(browser, procedure, theirs), await callOne(browser, procedure, nobodys)];
        if (real.outcome === 'AUTH_FORBIDDEN') differs = true;
        else differs = real.answer !== none.answer || real.outcome !== none.outcome;
      }
      if (!differs) deaf.push(path);
    }
    expect(deaf.toSorted()).toEqual(Object.keys(saysNothing).toSorted());
  });
}

/** Candidates whose private ids exist and are the victim's, or exist nowhere. */
function naming(world: FuzzWorld, procedure: string, seed: number, exists: boolean) {
  const random = randomFrom(seed);
  const others = candidatesOf(world, random, procedure);
  return (field: string): unknown[] => {
    const meaning = meaningOf(procedure, field);
    if (meaning === null || !isPrivate(meaning)) return others(field);
    const theirs = meaning === 'new' ? world.clientIds : world.ids[meaning as keyof FuzzWorld['ids']].foreign;
    return exists ? theirs : theirs.map((id) => aStranger(id, seed));
  };
}

/** An id of the same form that nothing has. */
function aStranger(id: string, seed: number): string {
  if (/^\d+$/.test(id)) return String(900_000_000 + seed);
  return id.length === 36 ? `0000000${seed}-0000-4000-8000-${id.slice(-12)}` : id.replaceAll(/[\da-f]/g, String(seed));
}

/** All rows that are the victim's by one of their columns, as one text. */
async function victimsRows(world: FuzzWorld): Promise<string> {
  const { pool } = world.school.app;
  const { rows: columns } = await pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public'
     AND column_name IN ('person_id', 'student_id', 'author_id') AND table_name <> 'rate_limit' ORDER BY 1, 2`,
  );
  const parts = await Promise.all(
    columns.map(async ({ table, column }) => {
      const { rows } = await pool.query<{ all: string | null }>(
        `SELECT string_agg(t::text, E'\\n' ORDER BY t::text) AS all FROM "${table}" t WHERE ${column} = $1`,
        [world.victim.actor.id],
      );
      return `${table}.${column}\n${rows[0]?.all ?? ''}`;
    }),
  );
  const { rows } = await pool.query<{ all: string | null }>('SELECT p::text AS all FROM person p WHERE id = $1', [world.victim.actor.id]);
  return [...parts, rows[0]?.all].join('\n');
}
