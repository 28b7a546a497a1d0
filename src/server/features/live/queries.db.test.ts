import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MineHint } from '#shared/live.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { followMine } from './queries.ts';

let school: School;
let student: Student;
let moderator: Student;
beforeAll(async () => {
  school = await aSchool();
  student = await aStudent(school.app);
  moderator = await aModerator(school.app);
  // The connection that hears is there for all.
  await new Promise<void>((resolve) => school.app.bus.follow('sessions', () => resolve()));
});
afterAll(() => school.close());

/** What a tab hears, and when. */
function aTab({ actor }: Student) {
  const end = new AbortController();
  const hints: MineHint[] = [];
  const at: number[] = [];
  const done = (async () => {
    for await (const hint of followMine(school.app, actor, end.signal)) {
      hints.push(hint);
      at.push(performance.now());
    }
  })();
  return {
    hints,
    at,
    async end() {
      end.abort();
      await done;
      return hints;
    },
  };
}
const toStudent = (threadId: string | null) => school.app.bus.announce(`person:${student.actor.id}`, { kind: 'unread', threadId });

test('a student hears what concerns them and ends with the signal, a moderator also what concerns all of them', async () => {
  const [theirs, office] = [aTab(student), aTab(moderator)];
  await school.app.bus.announce('moderators', { kind: 'inbox', threadId: 'a' });
  await school.app.bus.announce(`person:${moderator.actor.id}`, { kind: 'rooms', threadId: null });
  await toStudent('b');
  await expect.poll(() => theirs.hints).toEqual([{ kind: 'unread', threadId: 'b' }]);
  await expect.poll(() => office.hints).toHaveLength(2);
  expect(await office.end()).toEqual([
    { kind: 'inbox', threadId: 'a' },
    { kind: 'rooms', threadId: null },
  ]);
  await theirs.end();
  const said = new Promise((resolve) => school.app.bus.follow(`person:${student.actor.id}`, resolve));
  await toStudent('c');
  await said;
  expect(theirs.hints).toHaveLength(1);
});

test('of a thousand hints a tab hears the first at once and few of the rest: which thread, where it is one, and that it was several', async () => {
  const [one, several] = [aTab(student), aTab(moderator)];
  await toStudent('first');
  await expect.poll(() => one.hints).toEqual([{ kind: 'unread', threadId: 'first' }]);
  await school.app.pool.query(
    `SELECT pg_notify('otlichno', json_build_object('topic', topic, 'hint', json_build_object('kind', 'unread', 'threadId', 't' || n % 2, 'n', n))::text)
     FROM generate_series(1, 500) AS n, unnest($1::text[]) AS topic`,
    [[`person:${student.actor.id}`, `person:${moderator.actor.id}`]],
  );
  await expect.poll(() => several.hints.at(-1)).toEqual({ kind: 'unread', threadId: null });
  await expect.poll(() => one.hints.at(-1)).toEqual({ kind: 'unread', threadId: null });
  expect(one.hints.length).toBeLessThan(5);
  expect((one.at[1] ?? 0) - (one.at[0] ?? 0)).toBeGreaterThan(400);
  await Promise.all([one.end(), several.end()]);
});

test('when hints were lost each tab is told to ask everything again', async () => {
  const [theirs, office] = [aTab(student), aTab(moderator)];
  await school.app.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'otlichno-bus' AND datname = current_database()`,
  );
  await expect.poll(() => office.hints).toHaveLength(5);
  expect((await office.end()).map(({ kind }) => kind).toSorted()).toEqual(['inbox', 'notices', 'payments', 'rooms', 'unread']);
  expect(await theirs.end()).toEqual([
    { kind: 'unread', threadId: null },
    { kind: 'notices', threadId: null },
    { kind: 'payments', threadId: null },
  ]);
});
