/** The two requests that carry the load, against a bare handler that runs the same statements. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '#server/platform/database-admin.ts';
import type { TopicDto } from '#shared/courses.ts';
import type { FloorPlan } from '../floor.ts';
import { type ServerProcess, startProcess } from '../processes.ts';
import { type Comparison, type Load, type Side, startLoad } from '../rounds.ts';
import type { Row } from '../row.ts';
import { mapSchool, type SchoolMap } from '../school-map.ts';
import { type Recorded, recordStatements } from '../statements.ts';
import { sessionToken, studentCount } from '../students.ts';
import type { World } from '../world.ts';

const pairs = 8;
const goal = { atLeast: 0.8 };

export async function rpc(world: World): Promise<Row[]> {
  const { url: databaseUrl } = await world.aSchoolAtWork();
  const map = await mapSchool(databaseUrl);
  const school = await world.startServer(databaseUrl);
  const { floor, recorded } = await startFloor(world, databaseUrl, school, map);
  const half = Math.floor(studentCount / 2) - 1;
  const a: Side = { pid: school.pid, target: { url: school.url, students: { from: 0, count: half } } };
  const b: Side = { pid: floor.pid, target: { url: floor.url, students: { from: half, count: half } } };
  const load = startLoad();
  world.afterwards(load.stop);
  const topic = await load.compare({ a, b, work: { kind: 'topic', topics: map.topics }, pairs });
  const submit = await compareSubmits(load, databaseUrl, { a, b, tasks: map.tasks });
  return [...rows('open topic', topic, recorded.topic.length), ...rows('submit answer', submit, recorded.submit.length)];
}

/** Counts what arrived: an answer that was refused or repeated costs less and would look like speed. */
async function compareSubmits(
  load: Load,
  databaseUrl: string,
  { a, b, tasks }: { a: Side; b: Side; tasks: string[] },
): Promise<Comparison> {
  const countRows = () =>
    withClient(databaseUrl, async (client) =>
      Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM submission')).rows[0]?.n),
    );
  const before = await countRows();
  const result = await load.compare({ a, b, work: { kind: 'submit', tasks }, pairs });
  const written = (await countRows()) - before;
  const asked = result.a.requests + result.b.requests;
  if (written < asked) throw new Error(`${asked} answers were submitted and only ${written} were counted`);
  return result;
}

async function startFloor(
  world: World,
  databaseUrl: string,
  school: ServerProcess,
  map: SchoolMap,
): Promise<{ floor: ServerProcess; recorded: Recorded }> {
  const { app, close } = await world.openApp(databaseUrl);
  const [firstTopic, firstTask] = [map.topics[0], map.tasks.at(-1)];
  if (!firstTopic || !firstTask) throw new Error('the school is empty');
  const recorded = await recordStatements(app, firstTopic, firstTask);
  const poolSize = app.config.databasePool;
  await close();
  const plan: FloorPlan = { databaseUrl, poolSize, statements: [...recorded.topic, ...recorded.submit], theory: {}, tasks: {} };
  for (const input of map.topics) {
    const page = await fetchTopic(school.url, input);
    plan.theory[`${input.course}/${input.topic}`] = page.theoryHtml;
    for (const { id, statementHtml } of page.tasks) plan.tasks[id] = statementHtml;
  }
  const file = join(world.folder, 'floor.json');
  await writeFile(file, JSON.stringify(plan));
  const floor = await startProcess('cli/bench/floor.ts', { FLOOR_PLAN: file, NODE_ENV: 'production' });
  world.afterwards(floor.stop);
  return { floor, recorded };
}

async function fetchTopic(url: string, input: { course: string; topic: string }): Promise<TopicDto> {
  const response = await fetch(`${url}/trpc/courses.topic?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { cookie: `otlichno=${sessionToken(0)}` },
  });
  if (!response.ok) throw new Error(`${input.course}/${input.topic} does not open: ${await response.text()}`);
  return ((await response.json()) as { result: { data: TopicDto } }).result.data;
}

function rows(name: string, { a, b, ratio }: Comparison, statements: number): Row[] {
  const n = a.requests;
  const found: Row[] = [{ name, unit: 'req/s', value: a.perSecond, floor: b.perSecond, ratio: ratio.perSecond, n, goal }];
  if (a.processorUs !== null) {
    found.push({ name: `${name}, processor time`, unit: 'µs', value: a.processorUs, floor: b.processorUs, ratio: ratio.processor, n });
  }
  found.push({ name: `${name}, statements`, unit: '', value: statements, floor: null, ratio: null, n: 1 });
  return found;
}
