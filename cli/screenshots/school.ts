/** A school that looks as if it had been at work for three weeks: the demo courses, people, answers, questions, news, an exam, a payment. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '#prisma/migrate.ts';
import { seedDemo } from '#prisma/seed.ts';
import { startAcquirer } from '#server/acquirer/server.ts';
import { register, verifyCode } from '#server/features/auth/actions.ts';
import { deriveCode } from '#server/features/auth/rules.ts';
import { openSupport, openTask } from '#server/features/chat/actions.ts';
import { sendMessage } from '#server/features/chat/send/actions.ts';
import { openTopic } from '#server/features/courses/open-topic.ts';
import { finishMyAttempt, startAttempt } from '#server/features/exams/attempts/actions.ts';
import { syncAttempt } from '#server/features/exams/sync/actions.ts';
import { consentVersion } from '#server/features/people/consent.ts';
import { addModerator } from '#server/features/people/moderators.ts';
import { handIn } from '#server/features/reviews/actions.ts';
import { submitAnswer } from '#server/features/tasks/actions.ts';
import { openApp } from '#server/open-app.ts';
import type { App, PersonActor } from '#server/platform/app.ts';
import { readConfig } from '#server/platform/config.ts';
import { withClient, withDatabase } from '#server/platform/database-admin.ts';
import { createLog } from '#server/platform/log.ts';
import { startTemporaryPostgres } from '#server/platform/temporary-postgres.ts';
import { answerSpecSchema, keyAnswers } from '#shared/answers/spec.ts';
import { startSchool } from '../bench/processes.ts';

export interface Somebody {
  actor: PersonActor;
  name: string;
  /** Value of a Cookie header. */
  cookie: string;
}

export interface DemoSchool {
  url: string;
  teacher: Somebody;
  student: Somebody;
  /** Nothing done yet. */
  newcomer: Somebody;
  /** In the middle of an exam. */
  sitter: Somebody;
  /** Talks with a teacher about a task. */
  asker: Somebody;
  /** All, the four among them. */
  students: Somebody[];
  /** What stands in place of `:course`, `:exam` and the like. */
  ids: Record<string, string>;
  stop(): Promise<void>;
}

const secret = 'a secret of the screenshots, 32 letters';
const day = 24 * 3_600_000;
const password = 'correct horse battery';
export const longName = 'Константин-Александр Преображенский-Вознесенский';
const names = ['Анна Соколова', 'Илья Кузнецов', 'Дарья Лебедева', 'Тимур Ахметов', 'Полина Орлова', 'Марк Гусев', 'Ева Титова', longName];

/** @param more students besides, for pages of long lists */
export async function openDemoSchool(more = 0): Promise<DemoSchool> {
  const steps: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) await step();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'otlichno-screens-'));
    await chmod(folder, 0o755);
    steps.push(() => rm(folder, { recursive: true, force: true }));
    const postgres = await startTemporaryPostgres();
    steps.push(postgres.stop);
    const databaseUrl = withDatabase(postgres.adminUrl, 'screens');
    await withClient(postgres.adminUrl, (client) => client.query('CREATE DATABASE screens TEMPLATE template0'));
    await applyMigrations(databaseUrl, { log: () => undefined });
    let school = '';
    const acquirer = await startAcquirer({
      webhooks: {
        tbank: () => `${school}/api/payments/tbank`,
        cloudpayments: (type) => `${school}/api/payments/cloudpayments/${type}`,
      },
    });
    steps.push(() => acquirer.stop());
    const env = { DATABASE_URL: databaseUrl, SECRET: secret, DATA_DIR: folder, LOG_LEVEL: 'silent', ...acquirer.env };
    const people = await fill(env, more);
    const server = await startSchool(env);
    steps.push(server.stop);
    school = server.url;
    return { url: server.url, ...people, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(env: Record<string, string>, more: number): Promise<Omit<DemoSchool, 'url' | 'stop'>> {
  const config = readConfig(env);
  const start = Date.now();
  let at = start;
  const clock = { now: () => new Date(at) };
  const mail = { send: async () => undefined, close: async () => undefined };
  const opened = await openApp({ config, databaseUrl: env.DATABASE_URL ?? '', log: createLog('silent'), clock, mail });
  const { app } = opened;
  try {
    await seedDemo(app);
    const teacher = await aTeacher(app, 'Мария', 'Ковалёва');
    const students: Somebody[] = [];
    for (const [i, name] of names.entries()) students.push(await aStudent(app, name, i));
    const [student, ...others] = students;
    const newcomer = students.at(-2);
    const [sitter, asker] = [students[2], students[5]];
    if (!student || !newcomer || !sitter || !asker) throw new Error('there are no students');
    const ids: Record<string, string> = { course: 'math-60', topic: '02-equations', student: student.actor.id };
    const topics = await app.db.topic.findMany({
      where: { course: { slug: 'math-60' }, opensAt: { lt: new Date(start) } },
      orderBy: { position: 'asc' },
      select: { slug: true, tasks: { where: { deletedAt: null }, orderBy: { position: 'asc' }, select: { id: true, spec: true } } },
    });
    ids.topic = topics[1]?.slug ?? ids.topic ?? '';
    for (const [i, topic] of topics.slice(0, 3).entries()) {
      at = start - (16 - 7 * i) * day;
      for (const person of students.slice(0, 5)) await openTopic(app, person.actor, { course: 'math-60', topic: topic.slug });
      for (const [j, task] of topic.tasks.entries()) {
        at += day;
        if (at > start) at = start - 60_000;
        await solve(app, student.actor, task, (i + j) % 3 === 1 ? 2 : 0);
        for (const [k, other] of others.slice(0, 4).entries())
          if ((j + k) % 3 > 0) await solve(app, other.actor, task, (j + k) % 3 === 1 ? 3 : 0);
      }
    }
    at = start - 3_600_000;
    const wrong = topics[1]?.tasks[0];
    if (wrong && others[0])
      ids.taskThread = await talk(
        app,
        others[0],
        teacher,
        wrong.id,
        'Не понимаю, почему корень $x = -3$ не подходит. Подставляю его в уравнение, и всё сходится.',
      );
    ids.thread = await talk(app, student, teacher, null, 'Здравствуйте. Можно ли пройти тему ещё раз, если все задания уже решены?');
    if (others[6])
      ids.longThread = await talk(app, others[6], null, null, `Длинное слово: ${'превысокомногорассмотрительствующий'.repeat(4)}`);
    ids.asked = await askAboutTask(app, asker, teacher, (minutes) => {
      at = start - (30 - minutes) * 60_000;
    });
    // Lately, so that an exam of an hour still runs.
    at = start - 300_000;
    Object.assign(ids, await study(app, student, sitter), await office(app, teacher));
    await addCrowd(app, more);
    at = start;
    return { teacher, student, newcomer, sitter, asker, students, ids };
  } finally {
    await opened.close();
  }
}

const machine = () => {
  const [a = 1, b = 1, c = 1] =
    randomUUID()
      .match(/[\da-f]{2}/g)
      ?.map((hex) => Number.parseInt(hex, 16)) ?? [];
  const ip = `10.${a}.${b}.${c}`;
  return { ip, network: ip, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' };
};

async function aTeacher(app: App, firstName: string, lastName: string): Promise<Somebody> {
  const added = await addModerator(app, { kind: 'cli' }, { email: 'teacher@example.ru', firstName, lastName, password });
  if (added.outcome !== 'added') throw new Error(`the moderator could not be added: ${added.outcome}`);
  const cookie = (await app.sessions.create(added.id, machine())).split(';')[0] ?? '';
  return {
    actor: { kind: 'person', id: added.id, role: 'moderator', timeZone: app.config.schoolTimeZone },
    name: `${firstName} ${lastName}`,
    cookie,
  };
}

async function aStudent(app: App, name: string, i: number): Promise<Somebody> {
  const [firstName = '', lastName = ''] = name.split(' ');
  const email = `student-${i}@example.ru`;
  const from = machine();
  const form = { email, firstName, lastName, phone: '', consentVersion, timeZone: 'Europe/Moscow', locale: 'ru' as const };
  const { token } = await register(app, from, form);
  const { id } = await app.db.loginCode.findFirstOrThrow({ where: { email }, orderBy: { createdAt: 'desc' }, select: { id: true } });
  const result = await verifyCode(app, from, token, deriveCode(app.secrets, id));
  if (result.outcome !== 'signed-in') throw new Error(`the student could not sign in: ${result.outcome}`);
  return {
    actor: { kind: 'person', id: result.me.id, role: 'student', timeZone: 'Europe/Moscow' },
    name,
    cookie: result.cookie.split(';')[0] ?? '',
  };
}

/** Wrong as often as told, and then right. */
async function solve(app: App, actor: PersonActor, task: { id: string; spec: unknown }, wrong: number): Promise<void> {
  const spec = answerSpecSchema.safeParse(task.spec).data;
  const [key] = spec ? keyAnswers(spec) : [];
  if (key === undefined || !spec) return;
  const fails = spec.kind === 'number' ? ['101', '102', '103'].slice(0, wrong) : [];
  for (const value of fails) await submitAnswer(app, actor, { taskId: task.id, clientId: randomUUID(), value });
  if (wrong < 3) await submitAnswer(app, actor, { taskId: task.id, clientId: randomUUID(), value: key });
}

async function talk(app: App, student: Somebody, teacher: Somebody | null, taskId: string | null, body: string): Promise<string> {
  const opened =
    taskId && teacher ? openTask(app, teacher.actor, { taskId, studentId: student.actor.id }) : openSupport(app, student.actor, {});
  const { threadId } = await opened;
  const say = (by: PersonActor, text: string) => sendMessage(app, by, { threadId, clientId: randomUUID(), body: text, uploadIds: [] });
  await say(student.actor, body);
  if (teacher && taskId === null)
    await say(teacher.actor, 'Добрый день, Анна. Конечно: тема остаётся открытой, а задания можно решать ещё раз на странице «Ошибки».');
  return threadId;
}

/** A mistake that a teacher helps to find. Gives the slug of its task. */
async function askAboutTask(app: App, student: Somebody, teacher: Somebody, turnTo: (minutes: number) => void): Promise<string> {
  const slug = 'logarithm';
  const { id: taskId } = await app.db.task.findFirstOrThrow({ where: { slug, topic: { slug: 'equations' } }, select: { id: true } });
  turnTo(0);
  await openTopic(app, student.actor, { course: 'math-60', topic: 'equations' });
  for (const [at, value] of ['-0,5', '0,25', '0,5'].entries()) {
    turnTo(3 * at);
    await submitAnswer(app, student.actor, { taskId, clientId: randomUUID(), value });
  }
  const { threadId } = await openTask(app, teacher.actor, { taskId, studentId: student.actor.id });
  const talk: [by: Somebody, body: string][] = [
    [student, 'Здравствуйте! Двойку внёс степенью: $2 + \\log_5 3 = \\log_5 3^2$, тогда $7 - 4x = 9$ и $x = -0{,}5$. Почему неверно?'],
    [
      teacher,
      'Марк, степенью под логарифм уходит **множитель**: $2\\log_5 3 = \\log_5 9$. А здесь двойка прибавляется, поэтому её записывают логарифмом: $2 = \\log_5 25$. Что получится справа?',
    ],
    [student, 'Сумма логарифмов, то есть логарифм от 75. Значит, ответ −17?'],
  ];
  for (const [at, [by, body]] of talk.entries()) {
    turnTo(9 + 4 * at);
    await sendMessage(app, by.actor, { threadId, clientId: randomUUID(), body, uploadIds: [] });
  }
  return slug;
}

/** A work that waits for a teacher, an exam that is over and one that runs. */
async function study(app: App, student: Somebody, other: Somebody): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const long = await app.db.task.findFirst({
    where: { spec: { path: ['kind'], equals: 'long' }, deletedAt: null, topic: { opensAt: { lt: app.clock.now() } } },
    select: { id: true, topic: { select: { slug: true, course: { select: { slug: true } } } } },
  });
  if (long) {
    await openTopic(app, student.actor, { course: long.topic.course.slug, topic: long.topic.slug });
    const text = 'Пусть $t = 2^x$, тогда $t^2 - 5t + 4 = 0$, откуда $t = 1$ или $t = 4$.\n\nЗначит, $x = 0$ или $x = 2$.';
    await handIn(app, student.actor, { taskId: long.id, clientId: randomUUID(), text, uploadIds: [] });
    ids.work = (await app.db.work.findFirstOrThrow({ where: { taskId: long.id }, select: { id: true } })).id;
  }
  const exam = await app.db.exam.findFirstOrThrow({
    where: { course: { slug: 'math-60' }, deletedAt: null },
    select: { id: true, slug: true, tasks: { orderBy: { position: 'asc' }, select: { task: { select: { id: true, spec: true } } } } },
  });
  Object.assign(ids, { exam: exam.slug, examId: exam.id, taskId: exam.tasks[0]?.task.id ?? '' });
  for (const person of [student, other]) {
    const attemptId = randomUUID();
    const attempt = await startAttempt(app, person.actor, { examId: exam.id, attemptId });
    if (attempt.state !== 'running') continue;
    const changes = exam.tasks.slice(0, -2).map(({ task }, i) => {
      const spec = answerSpecSchema.safeParse(task.spec).data;
      const [key] = spec ? keyAnswers(spec) : [];
      return { taskId: task.id, baseRev: 0, value: i % 4 === 3 ? '7' : (key ?? null) };
    });
    await syncAttempt(app, person.actor, { attemptId, since: 0, changes });
    if (person === student) await finishMyAttempt(app, person.actor, { attemptId });
    ids[person === student ? 'attempt' : 'runningAttempt'] = attemptId;
  }
  return ids;
}

async function office(app: App, teacher: Somebody): Promise<Record<string, string>> {
  const task = await app.db.task.findFirstOrThrow({
    where: { topic: { course: { slug: 'math-60' } }, deletedAt: null },
    orderBy: [{ topic: { position: 'asc' } }, { position: 'asc' }],
    select: { id: true, topicId: true, topic: { select: { courseId: true } } },
  });
  const [faq, post, room] = await Promise.all([
    app.db.faqArticle.findFirstOrThrow({ where: { deletedAt: null }, select: { id: true } }),
    app.db.newsPost.findFirstOrThrow({ select: { id: true } }),
    app.db.chatThread.findFirst({ where: { kind: 'room' }, select: { id: true } }),
  ]);
  if (room) {
    const message = { threadId: room.id, clientId: randomUUID(), body: 'Коллеги, в среду проверяем пробник вместе.', uploadIds: [] };
    await sendMessage(app, teacher.actor, message);
  }
  // One course is sold, so that there is something to pay for.
  await app.db.course.update({
    where: { slug: 'informatics-80' },
    data: { priceMinor: 1_990_000, monthlyMinor: 290_000 },
    select: { id: true },
  });
  return {
    task: task.id,
    theory: task.topicId,
    description: task.topic.courseId,
    faq: faq.id,
    post: post.id,
    room: room?.id ?? '',
    paid: 'informatics-80',
  };
}

/** Rows alone: that lists hold many is seen by their number. */
async function addCrowd(app: App, more: number): Promise<void> {
  const firstNames = ['Анна', 'Илья', 'Дарья', 'Тимур'];
  await app.db.person.createMany({
    data: Array.from({ length: more }, (_, i) => ({
      role: 'student' as const,
      email: `crowd-${i}@example.ru`,
      firstName: firstNames[i % 4] ?? '',
      lastName: `Ученик${i}`,
      timeZone: 'Europe/Moscow',
    })),
  });
}
