/** An exam of a whole school: what is typed is saved, against a bare handler that runs the same statements; then two hundred attempts end at once. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeDueAttempts } from '#server/features/exams/closing/actions.ts';
import { releaseDue } from '#server/features/exams/release/actions.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { graceMs } from '#shared/exams.ts';
import { attemptId, examId, insertAttemptAnswers, insertAttempts, insertExam } from '../attempts.ts';
import type { ServerPlan } from '../floor-server.ts';
import { type ServerProcess, startProcess } from '../processes.ts';
import { type Side, startLoad } from '../rounds.ts';
import { budgetRow, type Row } from '../row.ts';
import { recordSync } from '../statements.ts';
import { studentCount } from '../students.ts';
import type { World } from '../world.ts';

const course = 'math-80';
const pairs = 8;
const goal = { atLeast: 0.8 };
const ended = 200;
/** Longer than the page waits for its result nobody should look at a clock that stands at zero. */
const closingBudget = 5;

export async function exams(world: World): Promise<Row[]> {
  return [...(await saving(world)), ...(await closing(world))];
}

async function saving(world: World): Promise<Row[]> {
  const { url } = await world.aSchoolAtWork();
  await withClient(url, async (client) => {
    await client.query(insertExam, [course]);
    await client.query(insertAttempts, [0, studentCount - 1, new Date(Date.now() + 36_000_000)]);
    await client.query(insertAttemptAnswers, [null]);
    await client.query('VACUUM ANALYZE');
  });
  const tasks = await tasksOf(url);
  const school = await world.startServer(url);
  const floor = await startFloor(world, url, tasks);
  // The last student of all has been recorded.
  const half = Math.floor(studentCount / 2) - 1;
  const a: Side = { pid: school.pid, target: { url: school.url, students: { from: 0, count: half } } };
  const b: Side = { pid: floor.pid, target: { url: floor.url, students: { from: half, count: half } } };
  const load = startLoad();
  world.afterwards(load.stop);
  const before = await savedIn(url);
  const { a: ours, b: bare, ratio } = await load.compare({ a, b, work: { kind: 'sync', tasks }, pairs });
  const [saved, asked] = [(await savedIn(url)) - before, ours.requests + bare.requests];
  // What was refused costs less and would look like speed.
  if (saved < asked) throw new Error(`${asked} answers were sent and only ${saved} were saved`);
  const n = ours.requests;
  const rows: Row[] = [
    { name: 'exams: save an answer', unit: 'req/s', value: ours.perSecond, floor: bare.perSecond, ratio: ratio.perSecond, n, goal },
  ];
  if (ours.processorUs !== null) {
    const [value, against] = [ours.processorUs, bare.processorUs];
    rows.push({ name: 'exams: save an answer, processor time', unit: 'µs', value, floor: against, ratio: ratio.processor, n });
  }
  return rows;
}

/** Every attempt ended in its row, and every answer in it graded, by one process that does nothing else. */
async function closing(world: World): Promise<Row[]> {
  const { url } = await world.aSchoolAtWork();
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  await withClient(url, async (client) => {
    await client.query(insertExam, [course]);
    await client.query(insertAttempts, [0, ended - 1, new Date(Date.now() - graceMs - 1000)]);
    await client.query(insertAttemptAnswers, [JSON.stringify('12,5')]);
    await client.query('VACUUM ANALYZE');
  });
  const startedAt = performance.now();
  await closeDueAttempts(app);
  await releaseDue(app);
  const seconds = (performance.now() - startedAt) / 1000;
  const left = await app.db.examAttempt.count({ where: { OR: [{ finishedAt: null }, { releasedAt: null }] } });
  if (left > 0) throw new Error(`${left} attempts were left open`);
  return [budgetRow(`exams: ${ended} attempts end at once, to the last grade and its statistics`, 's', seconds, closingBudget, ended)];
}

function tasksOf(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ task_id: string }>('SELECT task_id FROM exam_task WHERE exam_id = $1 ORDER BY position', [
      examId,
    ]);
    return rows.map((row) => row.task_id);
  });
}

/** Each saving counts its attempt up by one. */
function savedIn(url: string): Promise<number> {
  return withClient(url, async (client) =>
    Number((await client.query<{ n: string }>('SELECT sum(rev) AS n FROM exam_attempt')).rows[0]?.n),
  );
}

async function startFloor(world: World, databaseUrl: string, tasks: string[]): Promise<ServerProcess> {
  const { app, close } = await world.openApp(databaseUrl);
  const [taskId] = tasks;
  if (!taskId) throw new Error('the exam has no task');
  const statements = await recordSync(app, { attemptId: attemptId(studentCount - 1), taskId });
  const plan: ServerPlan = { databaseUrl, poolSize: app.config.databasePool, statements };
  await close();
  const file = join(world.folder, 'exam-floor.json');
  await writeFile(file, JSON.stringify(plan));
  const floor = await startProcess('cli/bench/exam-floor.ts', { FLOOR_PLAN: file, NODE_ENV: 'production' });
  world.afterwards(floor.stop);
  return floor;
}
