/** A mixed load for as long as asked: what the server holds after each collection does not grow. `--minutes 60` is the hour; without it two. */
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#server/platform/database-admin.ts';
import { growthOf, type Held, inspected, watchHeap } from '../heap.ts';
import type { Work } from '../load.ts';
import { startLoad } from '../rounds.ts';
import { budgetRow, type Row } from '../row.ts';
import { mapSchool } from '../school-map.ts';
import type { Seat } from '../sockets-child.ts';
import { startListeners } from '../sockets-client.ts';
import { sessionToken, studentCount } from '../students.ts';
import { insertThreads } from '../threads.ts';
import type { World } from '../world.ts';

/** Measurements of a run, however long it takes: every minute of an hour. */
const looks = 60;
/** Few: it is not how fast it goes that is asked, and the load should leave the school time to breathe. */
const connections = 8;
const tabs = 40;

export async function soak(world: World, { minutes = 2 }: { minutes?: number | undefined } = {}): Promise<Row[]> {
  const { url } = await world.aSchoolAtWork();
  await withClient(url, async (client) => {
    await client.query(insertThreads, [0, studentCount - 1, 5]);
    await client.query('VACUUM ANALYZE');
  });
  const map = await mapSchool(url);
  const school = await world.startServer(url, inspected);
  const watch = await watchHeap(school.errors());
  const load = startLoad();
  const listeners = await startListeners(1);
  world.afterwards(load.stop);
  world.afterwards(listeners.stop);
  world.afterwards(async () => watch.close());

  const works: Work[] = [
    { kind: 'page', topics: map.topics },
    { kind: 'topic', topics: map.topics },
    { kind: 'submit', tasks: map.tasks },
    { kind: 'history' },
    { kind: 'send' },
    { kind: 'home' },
  ];
  const target = { url: school.url, students: { from: 0, count: studentCount } };
  const held: Held[] = [];
  let requests = 0;
  // Over an hour a machine may be busy for a moment; what is asked here is what stays behind.
  let refused = 0;
  const interval = (minutes * 60_000) / looks;
  for (let look = 0; look < looks; look += 1) {
    const until = performance.now() + interval;
    // Tabs are opened and closed under the requests, other ones each time.
    const seats = Array.from(
      { length: tabs },
      (_, n): Seat => ({ url: school.url, token: sessionToken((look * tabs + n) % studentCount), mine: true }),
    );
    await listeners.open(seats).catch(() => {
      refused += 1;
    });
    const work = works[look % works.length] ?? { kind: 'home' };
    // Several kinds in each interval, where it is long enough; the first is another one each time.
    for (let n = 0; n === 0 || performance.now() < until - 200; n += 1) {
      const ms = Math.min(1000, Math.max(200, until - performance.now()));
      const round = await load.play(target, n === 0 ? work : (works[(look + n) % works.length] ?? work), { ms, connections });
      requests += round.requests;
      if (round.fault !== null) refused += 1;
    }
    await listeners.close();
    // The server hears of the closed ones.
    await pause(200);
    const found = await watch.look();
    held.push(found);
    const { heap, external, rss } = found;
    process.stderr.write(
      `  ${look + 1}/${looks}: heap ${heap.toFixed(1)} MB, buffers ${external.toFixed(1)} MB, resident ${rss.toFixed(0)} MB\n`,
    );
  }
  return [
    ...(['heap', 'external', 'rss'] as const).map((what): Row => {
      const { megabytes, allowed, n } = growthOf(held.map((one) => one[what]));
      return budgetRow(`soak of ${minutes} min: growth of the ${names[what]}`, 'MB', megabytes, allowed, n);
    }),
    { name: `soak of ${minutes} min: requests`, unit: '', value: requests, floor: null, ratio: null, n: 1 },
    { name: `soak of ${minutes} min: rounds that ended with a refusal`, unit: '', value: refused, floor: null, ratio: null, n: 1 },
  ];
}

const names = { heap: 'heap', external: 'buffers', rss: 'resident memory' };
