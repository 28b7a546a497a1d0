/** A school in which something of every kind exists: of a victim, of a stranger who would like to have it, and of the office. */
import { randomUUID } from 'node:crypto';
import { createTemplate } from '../../features/chat/templates/actions.ts';
import { raiseIssue } from '../../features/payments/issues/steps.ts';
import { createPromo } from '../../features/payments/promo/office/actions.ts';
import { blockStudent } from '../../features/people/students/actions.ts';
import { handIn } from '../../features/reviews/actions.ts';
import { submitAnswer } from '../../features/tasks/actions.ts';
import { aChatUpload, aMessage, anOpenChat, theCommonRoom } from '../chat.ts';
import { aNumber, type MadeCourse } from '../course.ts';
import { anExam, begin, type MadeExam, type } from '../exam.ts';
import { anArticle } from '../faq.ts';
import { aDraft, aSentPost } from '../news.ts';
import { anOrder, aPaidCourse, aPayingSchool, type PayingSchool } from '../payments.ts';
import { aSubscription } from '../subscriptions.ts';
import { anUpload } from '../upload.ts';
import { aLongTask, anUpload as aWorkPhoto } from '../works.ts';
import { aModerator, aSession, aStudent, limitsElapse, type Student } from '../world.ts';
import type { IdKind } from './ids.ts';
import { privateKinds } from './ids.ts';

/** In whatever the victim wrote and is called; nobody but the victim and teachers may ever be sent it. */
export const victimsMark = 'Qzvictim';
/** In what is the office's or does not show yet: keys, solutions, drafts, notes. No student may be sent it. */
export const officeMark = 'Qzoffice';

export interface FuzzWorld {
  school: PayingSchool;
  victim: Student;
  stranger: Student;
  moderator: Student;
  blocked: Student;
  slugs: Record<'course' | 'exam' | 'topic' | 'article', string[]>;
  /** What exists of each kind: the victim's or the office's, and the stranger's. */
  ids: Record<IdKind, { foreign: string[]; own: string[] }>;
  /** Ids that the victim’s browser made up, and of what became of them. */
  clientIds: string[];
  close(): Promise<void>;
}

/** @param databaseUrl left out: a database of its own */
export async function aFuzzWorld(databaseUrl?: string): Promise<FuzzWorld> {
  const school = await aPayingSchool({ databaseUrl });
  const { app } = school;
  const [victim, stranger, blocked, moderator] = [
    await aStudent(app, { firstName: victimsMark, lastName: victimsMark, phone: '+7 916 000-11-22' }),
    await aStudent(app),
    await aStudent(app),
    await aModerator(app),
  ];
  const courses = await theCourses(school);
  const { open, sold } = courses;
  const exam = await anExam(app, open, { attempts: null, closesIn: 48, review: 'closing', tasks: open.topic(0).tasks });
  const article = await anArticle(app);
  await anArticle(app, { title: officeMark, body: officeMark, published: false });
  await aDraft(app, moderator, { title: officeMark, body: officeMark });
  await aSentPost(app, moderator);
  await createTemplate(app, moderator.actor, { title: officeMark, body: officeMark });
  await aMessage(app, moderator.actor, await theCommonRoom(app), { body: officeMark });
  const promo = { courseId: null, validFrom: null, validUntil: null, limitTotal: null, perPerson: 1, note: officeMark };
  await createPromo(app, moderator.actor, { code: 'LETO', discount: { kind: 'percent', percent: 10 }, ...promo });
  await app.db.$transaction((tx) => raiseIssue(app, tx, { kind: 'provider-trouble', key: 'tbank', provider: 'tbank', detail: officeMark }));
  for (const [person, mark] of [
    [victim, victimsMark],
    [stranger, 'Ответ'],
  ] as const)
    await live(school, person, mark, { open, sold, exam });
  await blockStudent(app, moderator.actor, { personId: blocked.actor.id, reason: officeMark });
  await limitsElapse(app, 1e6);
  return {
    school,
    victim,
    stranger,
    moderator,
    blocked,
    slugs: {
      course: Object.values(courses).map(({ slug }) => slug),
      exam: [exam.slug],
      topic: ['topic-1', 'topic-2'],
      article: [article.slug],
    },
    ids: await allIds(school, victim, stranger),
    clientIds: await clientIdsOf(school, victim),
    close: () => school.close(),
  };
}

async function theCourses({ app }: PayingSchool): Promise<Record<'open' | 'locked' | 'draft' | 'sold', MadeCourse>> {
  const secret = { ...aNumber('471,13'), statement: officeMark, solution: officeMark, hint: officeMark, solutionRule: 'after' as const };
  const files = [{ name: 'razbor.webm', mime: 'video/webm', body: 'webm' }];
  return {
    open: await aPaidCourse(app, {
      priceMinor: 0,
      monthlyMinor: 0,
      chatAfter: 1,
      topics: [
        {
          tasks: [{ ...secret, statement: 'Условие', hintAfter: 500, solutionAfter: 500 }, aLongTask()],
          files,
          videos: ['files/razbor.webm'],
        },
        { opensIn: 9, theory: officeMark, tasks: [secret] },
        { published: false, theory: officeMark, tasks: [secret] },
      ],
    }),
    locked: await aPaidCourse(app, { topics: [{ opensIn: 9, theory: officeMark, tasks: [secret] }] }),
    draft: await aPaidCourse(app, { published: false, topics: [{ theory: officeMark, tasks: [secret] }] }),
    sold: await aPaidCourse(app),
  };
}

/** What a student leaves behind in some weeks. */
async function live(
  school: PayingSchool,
  person: Student,
  mark: string,
  { open, sold, exam }: { open: MadeCourse; sold: MadeCourse; exam: MadeExam },
): Promise<void> {
  const { app } = school;
  const { actor } = person;
  const [number, long] = [open.task(0, 0), open.task(0, 1)];
  await submitAnswer(app, actor, { taskId: number, clientId: randomUUID(), value: '7' });
  const photo = await aWorkPhoto(app, actor, long, `${mark}.jpg`);
  await handIn(app, actor, { taskId: long, clientId: randomUUID(), text: `${mark} решает`, uploadIds: [photo] });
  const support = await anOpenChat(app, person);
  await aMessage(app, actor, support, { body: mark, uploadIds: [await aChatUpload(app, person, support, { name: `${mark}.jpg` })] });
  await aMessage(app, actor, await anOpenChat(app, person, { taskId: number }), { body: mark });
  await aChatUpload(app, person, support, { name: `${mark}.jpg` });
  await anUpload(app, person, { purpose: 'work', subjectId: long, name: `${mark}.txt` });
  const attempt = await begin(app, actor, exam);
  await type(app, actor, attempt.id, { [number]: '7', [long]: mark });
  await aWorkPhoto(app, actor, attempt.id, `${mark}.jpg`, 'jpeg', 'exam');
  const at = { attemptId: attempt.id, taskId: long, position: 0, name: `${mark}.jpg`, storageKey: `exams/${randomUUID()}` };
  await app.db.examAnswerFile.create({ data: { ...at, mime: 'image/jpeg', size: 4 }, select: { id: true } });
  await anOrder(app, person, sold);
  await aSubscription(school, { student: person });
}

const everybodys = (table: string) => `SELECT id::text FROM ${table} WHERE $1::uuid IS NOT NULL`;
const ones = (table: string, column = 'person_id') => `SELECT id::text FROM ${table} WHERE ${column} = $1`;
/** By person; what is nobody's is the office's. */
const statements: Record<IdKind, string> = {
  article: everybodys('faq_article'),
  attempt: ones('exam_attempt'),
  attemptFile: 'SELECT f.id::text FROM exam_answer_file f JOIN exam_attempt a ON a.id = f.attempt_id WHERE a.person_id = $1',
  category: everybodys('faq_category'),
  chatFile: 'SELECT f.id::text FROM chat_file f JOIN chat_thread t ON t.id = f.thread_id WHERE t.student_id = $1',
  charge: 'SELECT a.id::text FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id WHERE o.person_id = $1',
  course: everybodys('course'),
  exam: everybodys('exam'),
  file: everybodys('topic_file'),
  issue: everybodys('payment_issue'),
  message: `SELECT m.rev::text AS id FROM chat_message m JOIN chat_thread t ON t.id = m.thread_id WHERE t.student_id = $1`,
  method: ones('payment_method'),
  order: ones('payment_order'),
  person: ones('person', 'id'),
  post: `SELECT id::text FROM news_post WHERE title = '${officeMark}' AND $1::uuid IS NOT NULL`,
  promo: everybodys('promo_code'),
  session: ones('session'),
  subject: everybodys('subject'),
  subscription: ones('subscription'),
  task: everybodys('task'),
  template: everybodys('chat_template'),
  thread: `SELECT id::text FROM chat_thread WHERE student_id = $1`,
  topic: everybodys('topic'),
  upload: ones('upload'),
  video: everybodys('topic_video'),
  work: ones('work'),
  workFile: 'SELECT f.id::text FROM work_file f JOIN work w ON w.id = f.work_id WHERE w.person_id = $1',
};

async function allIds({ app }: PayingSchool, victim: Student, stranger: Student): Promise<FuzzWorld['ids']> {
  const read = async (kind: IdKind, { actor }: Student) => {
    const { rows } = await app.pool.query<{ id: string }>(statements[kind], [actor.id]);
    return rows.map(({ id }) => id);
  };
  const kinds = Object.keys(statements) as IdKind[];
  const entries = kinds.map(async (kind) => {
    const foreign = await read(kind, victim);
    if (foreign.length === 0) throw new Error(`there is no ${kind} to try`);
    const isOffices = !privateKinds.some((known) => known === kind) || statements[kind].includes('IS NOT NULL');
    return [kind, { foreign, own: isOffices ? foreign : await read(kind, stranger) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as FuzzWorld['ids'];
}

async function clientIdsOf({ app }: PayingSchool, victim: Student): Promise<string[]> {
  const { rows } = await app.pool.query<{ id: string }>(
    `SELECT client_id::text AS id FROM submission WHERE person_id = $1
     UNION ALL SELECT client_id::text FROM work WHERE person_id = $1
     UNION ALL SELECT client_id::text FROM chat_message WHERE author_id = $1
     UNION ALL SELECT client_id::text FROM payment_order WHERE person_id = $1
     UNION ALL SELECT id::text FROM exam_attempt WHERE person_id = $1
     UNION ALL SELECT id::text FROM submission WHERE person_id = $1`,
    [victim.actor.id],
  );
  return rows.map(({ id }) => id);
}

/** Signs somebody in. The stranger and the moderator need it again after some of what they call; who is blocked has a session from before. */
export async function aCookieOf(world: FuzzWorld, role: 'guest' | 'blocked' | 'student' | 'moderator'): Promise<string | undefined> {
  if (role === 'guest') return undefined;
  if (role === 'blocked') return world.blocked.cookie;
  return aSession(world.school.app, (role === 'student' ? world.stranger : world.moderator).actor.id);
}
