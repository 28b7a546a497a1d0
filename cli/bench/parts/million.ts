/** What pages ask for in a school whose growing tables hold a million rows each, and in one where they hold a thousand: who asks has as many in both. */
import { callTRPCProcedure } from '@trpc/server';
import { seedDemo } from '#prisma/seed.ts';
import { mailChannel } from '#server/features/notifications/channels/mail.ts';
import { claimDue } from '#server/features/notifications/deliver/claim.ts';
import { progressOfAnswers } from '#server/features/progress/counting.ts';
import type { App } from '#server/platform/app.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { appRouter } from '#server/router.ts';
import type { Context } from '#server/trpc/context.ts';
import { alternately } from '../alternately.ts';
import { answers, enrolments, journal, notices, payments, people, sessions, threads } from '../million/rows.ts';
import type { Row } from '../row.ts';
import { insertTeachers } from '../threads.ts';
import type { World } from '../world.ts';

const course = 'math-80';
/** Fifty rows of each in every table. */
const others = { small: 20, large: 20_000 };
const goal = { atMost: 1.5 };
/** So many of a question that takes tens of milliseconds, too. */
const rounds = { warmUp: 10, measured: 50 };

const env = {
  PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_bench',
  PAYMENTS_CLOUDPAYMENTS_SECRET: 'secret of the bench',
  PAYMENTS_TEST: 'on',
  DEMO: 'off',
};

type Who = 'student' | 'teacher' | 'nobody';
type Inputs = Record<'topic' | 'thread' | 'student' | 'teacher', string>;
interface Question {
  name: string;
  who: Who;
  path: string;
  input?: (of: Inputs) => object;
}

const questions: Question[] = [
  { name: 'courses', who: 'nobody', path: 'courses.list' },
  { name: 'who am I', who: 'student', path: 'auth.me' },
  { name: 'devices', who: 'student', path: 'auth.sessions' },
  { name: 'course', who: 'student', path: 'courses.get', input: () => ({ course }) },
  { name: 'topic', who: 'student', path: 'courses.topic', input: ({ topic }) => ({ course, topic }) },
  { name: 'home', who: 'student', path: 'progress.home' },
  { name: 'profile', who: 'student', path: 'progress.mine' },
  { name: 'statistics', who: 'student', path: 'progress.statistics', input: () => ({ course: null }) },
  { name: 'mistakes', who: 'student', path: 'progress.mistakes.today' },
  { name: 'bell', who: 'student', path: 'notifications.unseen' },
  { name: 'notices', who: 'student', path: 'notifications.list', input: () => ({}) },
  { name: 'unread', who: 'student', path: 'chat.unread' },
  { name: 'own chats', who: 'student', path: 'chat.mine' },
  { name: 'chat page', who: 'student', path: 'chat.history', input: ({ thread }) => ({ threadId: thread }) },
  { name: 'news', who: 'student', path: 'news.feed', input: () => ({}) },
  { name: 'own payments', who: 'student', path: 'payments.history', input: () => ({}) },
  { name: 'dashboard', who: 'teacher', path: 'dashboard.get' },
  { name: 'reply time', who: 'teacher', path: 'chat.inbox.replyTime' },
  { name: 'inbox, waiting', who: 'teacher', path: 'chat.inbox.list', input: () => ({ filter: 'waiting' }) },
  { name: 'inbox, all', who: 'teacher', path: 'chat.inbox.list', input: () => ({ filter: 'all' }) },
  { name: 'inbox, closed', who: 'teacher', path: 'chat.inbox.list', input: () => ({ filter: 'closed' }) },
  { name: 'inbox, search', who: 'teacher', path: 'chat.inbox.list', input: () => ({ filter: 'all', search: 'measured7@' }) },
  { name: 'inbox, counts', who: 'teacher', path: 'chat.inbox.counts' },
  { name: 'students', who: 'teacher', path: 'people.students.list', input: () => ({}) },
  { name: 'student', who: 'teacher', path: 'people.students.get', input: ({ student }) => ({ personId: student }) },
  { name: 'answers of a student', who: 'teacher', path: 'people.students.answers', input: ({ student }) => ({ personId: student }) },
  { name: 'group', who: 'teacher', path: 'progress.group.table', input: () => ({ course }) },
  { name: 'journal', who: 'teacher', path: 'audit.list', input: () => ({}) },
  { name: 'journal of students', who: 'teacher', path: 'audit.list', input: () => ({ actor: 'students' }) },
  { name: 'journal of a teacher', who: 'teacher', path: 'audit.list', input: ({ teacher }) => ({ actor: teacher }) },
  { name: 'journal by kind', who: 'teacher', path: 'audit.list', input: () => ({ kind: 'courses' }) },
  { name: 'journal by day', who: 'teacher', path: 'audit.list', input: () => ({ from: day(0), to: day(0) }) },
  { name: 'journal by words', who: 'teacher', path: 'audit.list', input: () => ({ text: 'нет такого' }) },
  { name: 'who is in the journal', who: 'teacher', path: 'audit.actors' },
  { name: 'payments', who: 'teacher', path: 'payments.office.list', input: () => ({ search: '' }) },
  { name: 'payments, search', who: 'teacher', path: 'payments.office.list', input: () => ({ search: 'measured7@example.ru' }) },
  { name: 'payments, needing attention', who: 'teacher', path: 'payments.office.list', input: () => ({ filter: 'attention', search: '' }) },
  { name: 'payments in short', who: 'teacher', path: 'payments.office.overview' },
  { name: 'deliveries', who: 'teacher', path: 'notifications.office.overview' },
  { name: 'state of the school', who: 'teacher', path: 'health.brief' },
  { name: 'registrations', who: 'teacher', path: 'registry.list', input: () => ({ page: 1 }) },
  { name: 'works to review', who: 'teacher', path: 'reviews.count' },
];

export async function million(world: World): Promise<Row[]> {
  const large = await aSchool(world, others.large);
  const small = await aSchool(world, others.small);
  const rows: Row[] = [];
  for (const question of questions) {
    const { a, b, ratio, n } = await alternately({ a: () => ask(large, question), b: () => ask(small, question) }, rounds);
    rows.push({ name: `10⁶ rows : 10³, ${question.name}`, unit: 'ms p50', value: a, floor: b, ratio, n, goal });
  }
  const look = ({ app }: School) => claimDue(app, mailChannel, 10);
  const { a, b, ratio, n } = await alternately({ a: () => look(large), b: () => look(small) }, rounds);
  rows.push({ name: '10⁶ rows : 10³, letters that are due', unit: 'ms p50', value: a, floor: b, ratio, n, goal });
  return rows;
}

interface School {
  app: App;
  of: Inputs;
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

const cookies = { student: 'otlichno=bench-measured7@example.ru', teacher: 'otlichno=bench-teacher-0', nobody: undefined };

/** The way of a request without HTTP: session, input, access, output. */
function ask({ app, of }: School, { who, path, input }: Question): Promise<unknown> {
  const cookie = cookies[who];
  let session: ReturnType<Context['session']> | undefined;
  const ctx: Context = {
    app,
    requestId: 'bench',
    request: { ip: '127.0.0.1', network: '127.0.0.1', userAgent: 'bench', cookie, local: false },
    session() {
      session ??= app.sessions.read(cookie);
      return session;
    },
    setCookie: () => undefined,
  };
  const given = input?.(of);
  return callTRPCProcedure({
    router: appRouter,
    path,
    type: 'query',
    ctx,
    getRawInput: async () => given,
    signal: undefined,
    batchIndex: 0,
  });
}

async function aSchool(world: World, count: number): Promise<School> {
  const { url } = await world.anEmptySchool();
  const { app, close } = await world.openApp(url, env);
  world.afterwards(close);
  await seedDemo(app);
  await withClient(url, async (client) => {
    await client.query(people, [count]);
    await client.query(insertTeachers, [4]);
    await client.query(enrolments, [course]);
    for (const statement of [sessions, threads, notices, journal, payments]) await client.query(statement);
    await client.query(answers, [course]);
    await client.query('ANALYZE');
    await client.query(
      `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at) ${progressOfAnswers()}`,
    );
    await client.query('VACUUM ANALYZE');
  });
  const { rows } = await app.pool.query<Inputs>(
    `SELECT p.id AS student, h.id AS thread, (SELECT t.slug FROM topic t JOIN course c ON c.id = t.course_id WHERE c.slug = $1 AND t.opens_at <= now()
        ORDER BY t.position LIMIT 1) AS topic, (SELECT id FROM person WHERE role = 'moderator' AND email = 'teacher0@example.ru') AS teacher
      FROM person p JOIN chat_thread h ON h.student_id = p.id WHERE p.email = 'measured7@example.ru'`,
    [course],
  );
  if (!rows[0]) throw new Error('the one who is measured is not there');
  return { app, of: rows[0] };
}
