import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { aSchool, type School } from '../testing/world.ts';
import { type Duty, type Leadership, lead } from './leader.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

const running: Leadership[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((leadership) => leadership.stop()));
});

/** Somebody who wants to lead, and what became of it: who leads stands in `leaders`. */
function aCandidate(name: string, leaders: Set<string>, { duty = untilTheEnd, tryMs = 60_000 }: { duty?: Duty; tryMs?: number } = {}) {
  const reigns: string[] = [];
  const leadership = lead({
    databaseUrl: school.databaseUrl,
    name: 'test',
    log: school.app.log,
    tryMs,
    beatMs: 200,
    duties: [
      async (signal) => {
        if (leaders.size > 0) reigns.push('beside another');
        leaders.add(name);
        reigns.push('began');
        await duty(signal).finally(() => leaders.delete(name));
        reigns.push('ended');
      },
    ],
  });
  running.push(leadership);
  return { reigns, stop: leadership.stop };
}

const untilTheEnd: Duty = (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
const patient = { timeout: 10_000, interval: 10 };
const becomes = (leaders: Set<string>, name: string) => vi.waitFor(() => expect([...leaders]).toEqual([name]), patient);

/** As when a process dies, or its machine is cut off: the database ends its session. */
async function killSessions(): Promise<void> {
  await school.app.pool.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
     WHERE a.application_name = 'otlichno-leader-test' AND a.datname = current_database()`,
  );
}

test('one leads, and who stops hands over at once', async () => {
  const leaders = new Set<string>();
  const first = aCandidate('first', leaders);
  await becomes(leaders, 'first');
  // It tries once a minute: what it hears is what makes it lead.
  const second = aCandidate('second', leaders);
  await first.stop();
  expect(first.reigns).toEqual(['began', 'ended']);
  await becomes(leaders, 'second');
  expect(second.reigns).toEqual(['began']);
});

test('who loses the connection leads no more; another takes over, one at a time', async () => {
  const leaders = new Set<string>();
  const first = aCandidate('first', leaders, { tryMs: 100 });
  await becomes(leaders, 'first');
  const second = aCandidate('second', leaders, { tryMs: 100 });
  await killSessions();
  await vi.waitFor(() => expect(first.reigns.slice(0, 2)).toEqual(['began', 'ended']), patient);
  await vi.waitFor(() => expect(leaders.size).toBe(1), patient);
  expect([...first.reigns, ...second.reigns]).not.toContain('beside another');
});

test('a duty that fails ends the reign, for all duties; the other one is next', async () => {
  const leaders = new Set<string>();
  let fail = () => {};
  const first = aCandidate('first', leaders, {
    duty: () =>
      new Promise((_, reject) => {
        fail = () => reject(new Error('a duty that fails'));
      }),
  });
  await becomes(leaders, 'first');
  aCandidate('second', leaders);
  fail();
  await becomes(leaders, 'second');
  expect(first.reigns).toEqual(['began']);
});

test('a database that comes later is waited for, and stopping does not wait for it', async () => {
  const leadership = lead({ databaseUrl: 'postgres://nobody@127.0.0.1:9/none', name: 'test', log: school.app.log, duties: [untilTheEnd] });
  await leadership.stop();
});
