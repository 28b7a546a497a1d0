/** What one process more gives on this machine: opening a topic and submitting an answer, two processes against one. */
import { type Side, startLoad } from '../rounds.ts';
import type { Row } from '../row.ts';
import { mapSchool } from '../school-map.ts';
import { studentCount } from '../students.ts';
import type { World } from '../world.ts';

const pairs = 8;

export async function workers(world: World): Promise<Row[]> {
  const { url } = await world.aSchoolAtWork();
  const map = await mapSchool(url);
  const [two, one] = [await world.startServer(url, { WORKERS: '2' }), await world.startServer(url)];
  const half = Math.floor(studentCount / 2) - 1;
  const a: Side = { pid: two.pid, target: { url: two.url, students: { from: 0, count: half } } };
  const b: Side = { pid: one.pid, target: { url: one.url, students: { from: half, count: half } } };
  const load = startLoad();
  world.afterwards(load.stop);
  const topic = await load.compare({ a, b, work: { kind: 'topic', topics: map.topics }, pairs });
  const submit = await load.compare({ a, b, work: { kind: 'submit', tasks: map.tasks }, pairs });
  return Object.entries({ 'open a topic': topic, 'submit an answer': submit }).map(([name, { a: ours, b: bare, ratio }]) => ({
    name: `two processes: ${name}`,
    unit: 'req/s',
    value: ours.perSecond,
    floor: bare.perSecond,
    ratio: ratio.perSecond,
    n: ours.requests,
  }));
}
