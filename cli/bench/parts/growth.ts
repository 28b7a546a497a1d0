/** The same two requests in a school with a thousand answers of other students, and in one with a hundred thousand. */
import { withClient } from '#server/platform/database-admin.ts';
import { type Side, startLoad } from '../rounds.ts';
import type { Row } from '../row.ts';
import { mapSchool } from '../school-map.ts';
import { addAnswers, answersAtWork, studentCount } from '../students.ts';
import type { World } from '../world.ts';

const answersGrown = 100_000;
const pairs = 6;

export async function growth(world: World): Promise<Row[]> {
  const large = await aSchool(world, answersGrown);
  const small = await aSchool(world, answersAtWork);
  const load = startLoad();
  world.afterwards(load.stop);
  const found: Row[] = [];
  for (const kind of ['topic', 'submit'] as const) {
    const work = kind === 'topic' ? { kind, topics: large.map.topics } : { kind, tasks: large.map.tasks };
    const { a, b, ratio } = await load.compare({ a: large.side, b: small.side, work, pairs });
    const name = kind === 'topic' ? 'open topic' : 'submit answer';
    found.push({
      name: `${name}, 10⁵ answers : 10³`,
      unit: 'ms p50',
      value: a.p50,
      floor: b.p50,
      ratio: ratio.p50,
      n: a.requests,
      goal: { atMost: 1.2 },
    });
  }
  return found;
}

async function aSchool(world: World, answers: number) {
  const { url } = await world.aSchoolAtWork();
  if (answers > answersAtWork) await withClient(url, (client) => addAnswers(client, answersAtWork + 1, answers));
  // Copies have the same rows with the same ids: what is asked of one can be asked of the other.
  const map = await mapSchool(url);
  const server = await world.startServer(url);
  const side: Side = { pid: server.pid, target: { url: server.url, students: { from: 0, count: studentCount } } };
  return { side, map };
}
