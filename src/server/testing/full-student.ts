/** A student of whom something stands in every table that can hold anything of a student: for tests of export and erasure. */
import { randomUUID } from 'node:crypto';
import { keepMethod } from '../features/payments/methods/steps.ts';
import { handIn } from '../features/reviews/actions.ts';
import { aChatUpload, aMessage, anOpenChat } from './chat.ts';
import type { MadeCourse } from './course.ts';
import { aCourse, aNumber } from './course.ts';
import { linkTelegram } from './deliveries.ts';
import { anExam, begin, finish, type } from './exam.ts';
import { aCard, anOrder, aPaidCourse, type PayingSchool, paid } from './payments.ts';
import { solve } from './solve.ts';
import { aSubscription } from './subscriptions.ts';
import { anUpload } from './upload.ts';
import { aLongTask, anUpload as aPhoto, grade } from './works.ts';
import { aStudent, type Student } from './world.ts';

export interface FullStudent extends Student {
  firstName: string;
  lastName: string;
  phone: string;
  /** Stands in everything this student typed, and in the bytes of their files. */
  mark: string;
  threadId: string;
}

/** @param teacher answers, grades and writes the journal */
export async function aFullStudent(
  school: PayingSchool,
  teacher: Student,
  who: { firstName: string; lastName: string; phone: string },
): Promise<FullStudent> {
  const { app } = school;
  const student = await aStudent(app, who);
  const { actor, email } = student;
  const mark = `метка-${randomUUID()}`;
  const now = app.clock.now();
  const course = await aCourse(app, {
    topics: [
      {
        tasks: [aNumber('1'), aNumber('2'), aLongTask()],
        files: [{ name: 'razbor.webm', mime: 'video/webm', body: 'webm' }],
      },
    ],
  });
  const [task, second, long] = [course.task(0, 0), course.task(0, 1), course.task(0, 2)];
  await solve(app, actor, task, ['7', '1']);
  await study(school, teacher, student, course, { mark, long });
  const exam = await anExam(app, course, { tasks: [second, long], attempts: 3, review: 'finish' });
  const running = await begin(app, actor, exam);
  await type(app, actor, running.id, { [second]: '2' });
  await finish(app, actor, running.id);
  await withPhotoInExam(school, await begin(app, actor, exam), long, mark);

  const threadId = await anOpenChat(app, student, { taskId: task, opener: teacher });
  const photo = await aChatUpload(app, student, threadId, { body: `jpeg ${mark}` });
  await aMessage(app, actor, threadId, { body: `Не выходит: ${mark}`, uploadIds: [photo] });
  await aMessage(app, teacher.actor, threadId, { body: `Посмотрим вместе, ${who.firstName}` });
  await anOpenChat(app, student, 'support');

  const bought = await aPaidCourse(app);
  const order = await anOrder(app, student, bought);
  await paid(app, order, { receiptUrl: `https://receipts.example/${email}` });
  await aSubscription(school, { student });
  await app.db.$transaction((tx) => keepMethod(app, tx, { personId: actor.id, provider: 'tbank', method: aCard() }));
  const telegramId = await linkTelegram(app, actor.id);

  const sql = (statement: string, values: unknown[]) => app.pool.query(statement, values);
  const at = [actor.id, now];
  await sql(`INSERT INTO topic_opening (person_id, topic_id, opened_at) VALUES ($1, $3, $2) ON CONFLICT DO NOTHING`, [
    ...at,
    course.topic(0).id,
  ]);
  await sql(`INSERT INTO topic_visit (person_id, topic_id, first_opened_at) VALUES ($1, $3, $2) ON CONFLICT DO NOTHING`, [
    ...at,
    course.topic(0).id,
  ]);
  await sql(`INSERT INTO video_position (person_id, file_id, seconds, updated_at) VALUES ($1, $3, 7, $2)`, [
    ...at,
    course.topic(0).files[0],
  ]);
  await sql(`INSERT INTO exam_extra (exam_id, person_id, minutes) VALUES ($2, $1, 10)`, [actor.id, exam.id]);
  await sql(`INSERT INTO work_extra (person_id, task_id, count) VALUES ($1, $2, 1)`, [actor.id, long]);
  await sql(
    `INSERT INTO mistake_answer (person_id, task_id, client_id, given, understood, verdict, created_at, local_on) VALUES ($1, $3, gen_random_uuid(), to_jsonb($4::text), $4, 'wrong', $2::timestamptz, ($2::timestamptz)::date)`,
    [...at, task, mark],
  );
  await sql(
    `WITH fix AS (INSERT INTO key_fix (task_id, actor, at, before, after, take_points, gained, lost, kept) VALUES ($3, 'cli', $2, '{}', '{}', false, 1, 0, 0) RETURNING id)
      INSERT INTO key_fix_gain (key_fix_id, person_id, task_id, before, after) SELECT id, $1, $3, 0, 1 FROM fix`,
    [...at, task],
  );
  await sql(`INSERT INTO notice_setting (person_id, kind, channel, mode) VALUES ($1, 'week', 'email', 'off')`, [actor.id]);
  await sql(`INSERT INTO quiet_hours (person_id, from_min, to_min) VALUES ($1, 1320, 480)`, [actor.id]);
  await sql(`INSERT INTO telegram_link_token (hash, person_id, created_at, expires_at) VALUES ($3, $1, $2, $2)`, [...at, randomUUID()]);
  await sql(`INSERT INTO mail_block (email, reason, answer, blocked_at) VALUES ($1, 'mailbox', '550', $2)`, [email, now]);
  await sql(
    `WITH category AS (INSERT INTO faq_category (slug, title, position) VALUES ($2::text, 'Раздел', 1) RETURNING id), article AS (INSERT INTO faq_article (category_id, slug, title, body, position, updated_at)
        SELECT id, $2::text, 'Вопрос', 'Ответ', 1, now() FROM category RETURNING id)
      INSERT INTO faq_vote (article_id, voter, helped, at) SELECT id, $1, true, now() FROM article`,
    [actor.id, randomUUID()],
  );
  await sql(
    `WITH post AS (INSERT INTO news_post (title, body, audience, author_id, created_at, updated_at) VALUES ('Новость', 'Текст', 'list', $2, now(), now()) RETURNING id)
      INSERT INTO news_recipient (post_id, person_id) SELECT id, $1 FROM post`,
    [actor.id, teacher.actor.id],
  );
  await sql(`INSERT INTO telegram_message (bot_id, telegram_id, message_id, thread_id, sent_at) VALUES (7, $1, $2, $3, now())`, [
    telegramId,
    Number(telegramId),
    threadId,
  ]);
  await sql(
    `INSERT INTO payment_event (provider, dedupe_key, kind, attempt_id, body, content_type, ip, received_at, processed_at, outcome)
      VALUES ('tbank', $1, 'CONFIRMED', $2, convert_to($3, 'UTF8'), 'application/json', '10.9.8.7', now(), now(), 'applied')`,
    [randomUUID(), order.attemptId, JSON.stringify({ Email: email })],
  );
  await sql(
    `INSERT INTO payment_refund (attempt_id, amount_minor, cause, reason, state, created_at) VALUES ($1, 100, 'moderator', $2, 'failed', now())`,
    [order.attemptId, `${who.lastName} передумала`],
  );
  await sql(
    `INSERT INTO payment_issue (kind, key, provider, attempt_id, data, first_seen_at, last_seen_at, resolved_at, note)
      VALUES ('double', $1, 'tbank', $2, '{}', now(), now(), now(), $3)`,
    [randomUUID(), order.attemptId, `говорили с ${who.lastName}`],
  );
  await sql(
    `INSERT INTO audit_entry (at, actor, action, subject, label, after) VALUES (now(), $1, 'exam.extra', $2, 'Экзамен', jsonb_build_object('student', $3::text)),
      (now(), $1, 'students.export', 'students', '', jsonb_build_object('search', $4::text)), (now(), $5, 'person.update', $5, '', jsonb_build_object('phone', $6::text)),
      (now(), $1, 'mail.unblock', $4, $4, NULL)`,
    [teacher.actor.id, exam.id, `${who.lastName} ${who.firstName}`, email, actor.id, who.phone],
  );
  return { ...student, ...who, mark, threadId };
}

/** Works handed in with a photo and its smaller copy, graded with a remark; and a file that was given no place. */
async function study(
  { app }: PayingSchool,
  teacher: Student,
  student: Student,
  course: MadeCourse,
  { mark, long }: { mark: string; long: string },
): Promise<void> {
  const { actor } = student;
  const photo = await aPhoto(app, actor, long, 'тетрадь.jpg', `jpeg ${mark}`);
  await handIn(app, actor, { taskId: long, clientId: randomUUID(), text: `Решение ${mark}`, uploadIds: [photo] });
  await grade(app, teacher.actor, actor, long, [1, 1]);
  await app.pool.query(`INSERT INTO work_comment (work_id, start, "end", body) SELECT id, 0, 1, 'Верно' FROM work WHERE person_id = $1`, [
    actor.id,
  ]);
  const { rows } = await app.pool.query<{ key: string }>(
    'SELECT storage_key AS key FROM work_file f JOIN work w ON w.id = f.work_id WHERE w.person_id = $1',
    [actor.id],
  );
  for (const { key } of rows) {
    const copy = `variants/${randomUUID()}/480.webp`;
    await app.storage.put(copy, Buffer.from(`webp ${mark}`));
    await app.db.fileVariant.create({ data: { sourceKey: key, width: 480, format: 'webp', storageKey: copy, size: 1 } });
  }
  await anUpload(app, student, { body: `не понадобилось ${mark}`, subjectId: course.topic(0).id });
}

async function withPhotoInExam({ app }: PayingSchool, attempt: { id: string }, taskId: string, mark: string): Promise<void> {
  const key = `uploads/${randomUUID()}`;
  await app.storage.put(key, Buffer.from(`exam ${mark}`));
  await app.pool.query(
    `INSERT INTO exam_answer_file (attempt_id, task_id, position, name, storage_key, mime, size) VALUES ($1, $2, 0, 'черновик.jpg', $3, 'image/jpeg', 5)`,
    [attempt.id, taskId, key],
  );
  await app.pool.query(`UPDATE exam_answer SET given = to_jsonb($3::text) WHERE attempt_id = $1 AND task_id = $2`, [
    attempt.id,
    taskId,
    mark,
  ]);
}
