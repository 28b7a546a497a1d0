/** Two hundred students in an exam, and a server that is killed: while they save, and while it grades. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graceMs } from '#shared/exams.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { anExam, type MadeExam } from '../../testing/exam.ts';
import { aWebBrowser } from '../../testing/live-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from '../../testing/school-process.ts';
import { aSchool, aSession, type School } from '../../testing/world.ts';
import { rebuildProgress } from '../progress/actions.ts';
import { recomputeDeadlines } from './deadlines/actions.ts';

const students = 200;
const points = [1, 1, 1, 1, 2, 2];

let school: School;
let course: MadeCourse;
let exam: MadeExam;
let sitting: { personId: string; attemptId: string; cookie: string }[];
const processes: OpenSchoolProcess[] = [];
beforeAll(async () => {
  school = await aSchool();
  // The processes go by the real clock, and sessions end by it.
  school.clock.set(new Date());
  course = await aCourse(school.app, { topics: [{ tasks: points.map((full, index) => ({ ...aNumber(String(index)), points: full })) }] });
  exam = await anExam(school.app, course);
  sitting = await seat();
}, 60_000);
afterAll(async () => {
  for (const process of processes) process.signal('SIGKILL');
  await Promise.all(processes.map((process) => process.ended));
  await school.close();
});

async function seat() {
  const { app, clock } = school;
  const people = Array.from({ length: students }, (_, index) => ({
    id: randomUUID(),
    role: 'student' as const,
    email: `sitting-${index}@example.ru`,
    firstName: 'Илья',
    lastName: 'Соколов',
  }));
  await app.db.person.createMany({ data: people });
  const attempts = people.map(({ id: personId }) => ({ id: randomUUID(), examId: exam.id, personId, number: 1, limitMinutes: 60 }));
  const startedAt = clock.now();
  const deadlineAt = new Date(startedAt.getTime() + 3_600_000);
  await app.db.examAttempt.createMany({ data: attempts.map((attempt) => ({ ...attempt, startedAt, deadlineAt })) });
  await app.db.examAnswer.createMany({
    data: attempts.flatMap(({ id: attemptId }) => exam.tasks.map((taskId, position) => ({ attemptId, taskId, position }))),
  });
  return Promise.all(attempts.map(async ({ id: attemptId, personId }) => ({ attemptId, personId, cookie: await aSession(app, personId) })));
}

async function aProcess() {
  const { databaseUrl, dataDir } = school;
  const env = { DATABASE_URL: databaseUrl, SECRET: 'a secret of the tests, 32 letters', DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  const started = await aSchoolProcess(env);
  processes.push(started);
  return started;
}

/** What a student answers at a place: two of three are right. */
const answerOf = (student: number, place: number) => String((student + place) % 3 === 0 ? place + 100 : place);
const pointsOf = (student: number) => points.reduce((sum, full, place) => sum + ((student + place) % 3 === 0 ? 0 : full), 0);

/** Everything that a server said was saved: attempt, task and value. */
const acknowledged = new Map<string, string>();
let site = '';

/** A page that sends each answer until it hears that it is saved, to whichever server is there. */
async function answerAll({ attemptId, cookie }: (typeof sitting)[number], student: number): Promise<void> {
  let since = 0;
  for (const [place, taskId] of exam.tasks.entries()) {
    const change = { taskId, baseRev: since, value: answerOf(student, place) };
    for (;;) {
      const { rpc } = aWebBrowser(site, cookie);
      const result = await rpc.exams.sync.mutate({ attemptId, since, changes: [change] }).catch(() => null);
      if (result?.outcomes[0]?.outcome === 'saved') {
        acknowledged.set(`${attemptId} ${taskId}`, change.value);
        since = result.rev;
        break;
      }
      if (result) throw new Error(`refused: ${JSON.stringify(result)}`);
      await wait(1000);
    }
  }
}

const stored = async () => {
  const rows = await school.app.db.examAnswer.findMany({
    where: { attempt: { examId: exam.id } },
    select: { attemptId: true, taskId: true, given: true },
  });
  return new Map(rows.map(({ attemptId, taskId, given }) => [`${attemptId} ${taskId}`, given]));
};
const closed = () => school.app.db.examAttempt.count({ where: { examId: exam.id, finishedAt: { not: null } } });
const progress = () =>
  school.app.db.taskProgress.findMany({
    orderBy: [{ personId: 'asc' }, { taskId: 'asc' }],
    select: { personId: true, taskId: true, wrongCount: true, bestPoints: true, solvedAt: true, lastAt: true },
  });

test('nothing that was saved is lost, and all are graded at their time, once', async () => {
  const first = await aProcess();
  site = first.url;
  const pages = Promise.all(sitting.map(answerAll));
  await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(300);
  first.signal('SIGKILL');
  expect(await first.ended).toBeNull();
  expect(acknowledged.size).toBeLessThan(students * points.length);
  const there = await stored();
  for (const [key, value] of acknowledged) expect(there.get(key)).toBe(value);

  const second = await aProcess();
  site = second.url;
  await pages;
  expect(acknowledged.size).toBe(students * points.length);
  expect(await stored()).toEqual(acknowledged);

  // The exam is to close in two seconds. Nobody asks for anything from here on.
  const closesAt = new Date(Date.now() + 2000);
  const moved = await school.app.db.$transaction(async (tx) => {
    await tx.exam.update({ where: { id: exam.id }, data: { closesAt }, select: { id: true } });
    return recomputeDeadlines(school.app, tx, exam.id);
  });
  expect(moved).toBe(students);
  await expect.poll(closed, { timeout: graceMs + 20_000, interval: 10 }).toBeGreaterThan(0);
  second.signal('SIGKILL');
  expect(await second.ended).toBeNull();
  expect(await closed()).toBeLessThan(students);

  await aProcess();
  const openedAt = Date.now();
  const results = () =>
    school.app.db.examAttempt.findMany({
      where: { examId: exam.id, releasedAt: { not: null } },
      select: { id: true, finishedAt: true, finishedBy: true, answers: { select: { points: true } } },
    });
  await expect.poll(async () => (await results()).length, { timeout: 20_000, interval: 100 }).toBe(students);
  expect(Date.now() - openedAt).toBeLessThan(20_000);
  const byId = new Map((await results()).map((result) => [result.id, result]));
  for (const [student, { attemptId }] of sitting.entries()) {
    const result = byId.get(attemptId);
    expect(result).toMatchObject({ finishedAt: closesAt, finishedBy: 'time' });
    expect(result?.answers.reduce((sum, answer) => sum + (answer.points ?? 0), 0)).toBe(pointsOf(student));
  }
  // Every answer counts once, and the cache of progress says what the facts say.
  expect(await school.app.db.submission.count()).toBe(students * points.length);
  const counted = await progress();
  await rebuildProgress(school.app);
  expect(await progress()).toEqual(counted);
}, 120_000);
