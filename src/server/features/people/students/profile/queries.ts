import type { AnswerOption } from '#shared/answers/shapes.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type {
  StudentAnswerDto,
  StudentCourseChoiceDto,
  StudentCourseDto,
  StudentDto,
  StudentTopicDto,
  StudentWorkDto,
} from '#shared/students.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { topicIsOpen } from '../../../courses/rules.ts';
import { isPaid, isShown, taskIsShown } from '../../../courses/visible.ts';
import { toShownAnswerDto } from '../../../tasks/format.ts';
import { accessStudent, accessStudents } from '../access.ts';
import { answerCursor, toAnswerCursor } from './rules.ts';

/** Courses to filter by and to grant: all but the deleted. */
export async function listCourseChoices(app: App, actor: Actor): Promise<StudentCourseChoiceDto[]> {
  accessStudents(actor);
  const rows = await app.db.course.findMany({
    where: { deletedAt: null },
    orderBy: [{ subject: { position: 'asc' } }, { position: 'asc' }, { title: 'asc' }],
    select: { id: true, slug: true, title: true, publishedAt: true },
  });
  return rows.map(({ publishedAt, ...course }) => ({ ...course, published: publishedAt !== null }));
}

/**
 * Who a student is. Nothing of codes and sessions leaves but their number.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function getStudent(app: App, actor: Actor, personId: string): Promise<StudentDto> {
  accessStudents(actor);
  const now = app.clock.now();
  const [row, sessions, block] = await Promise.all([
    app.db.person.findFirst({
      where: { id: personId, role: 'student' },
      select: {
        id: true,
        firstName: true,
        lastName: true,
        email: true,
        phone: true,
        timeZone: true,
        source: true,
        registeredAt: true,
        emailVerifiedAt: true,
        lastActiveAt: true,
        blockedAt: true,
        eraseAt: true,
        consents: {
          where: { document: 'personal-data' },
          orderBy: [{ agreedAt: 'desc' }, { id: 'desc' }],
          take: 1,
          select: { version: true, agreedAt: true },
        },
      },
    }),
    app.db.session.aggregate({ where: { personId, expiresAt: { gt: now } }, _count: true, _max: { lastSeenAt: true } }),
    app.db.auditEntry.findFirst({
      where: { subject: personId, action: 'student.block' },
      orderBy: { id: 'desc' },
      select: { after: true },
    }),
  ]);
  if (!row) throw new AppError('STUDENTS_NOT_FOUND');
  const { registeredAt, emailVerifiedAt, lastActiveAt, blockedAt, eraseAt, consents, ...rest } = row;
  const consent = consents[0];
  return {
    ...rest,
    registeredAt: registeredAt.toISOString(),
    verifiedAt: emailVerifiedAt?.toISOString() ?? null,
    lastActiveAt: lastActiveAt?.toISOString() ?? null,
    lastSeenAt: sessions._max.lastSeenAt?.toISOString() ?? null,
    // Those of a blocked person are there and open nothing.
    sessions: blockedAt ? 0 : sessions._count,
    consent: consent ? { version: consent.version, agreedAt: consent.agreedAt.toISOString() } : null,
    eraseAt: eraseAt?.toISOString() ?? null,
    blocked: blockedAt ? { at: blockedAt.toISOString(), reason: reasonOf(block?.after) } : null,
  };
}

function reasonOf(after: unknown): string {
  return typeof after === 'object' && after !== null && 'reason' in after && typeof after.reason === 'string' ? after.reason : '';
}

interface CourseRow {
  id: string;
  slug: string;
  title: string;
  published: boolean;
  free: boolean;
  enrolled_at: Date | null;
  how: 'free' | 'granted' | 'paid' | null;
  ends_at: Date | null;
}

interface TopicRow {
  course_id: string;
  id: string;
  slug: string;
  title: string;
  opens_at: Date;
  visited: boolean;
  opened_early_at: Date | null;
  tasks: number;
  solved: number;
}

/**
 * All courses and how the student stands to them, those they take first; of these the topics as well. Three statements.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function listStudentCourses(app: App, actor: Actor, personId: string): Promise<StudentCourseDto[]> {
  await accessStudent(app, actor, personId);
  const [courses, topics] = await Promise.all([
    app.pool.query<CourseRow>({
      name: 'student-courses',
      text: `SELECT c.id, c.slug, c.title, c.published_at IS NOT NULL AS published, NOT ${isPaid} AS free, e.enrolled_at, e.how, e.ends_at
        FROM course c JOIN subject s ON s.id = c.subject_id LEFT JOIN enrolment e ON e.course_id = c.id AND e.person_id = $1
        WHERE c.deleted_at IS NULL ORDER BY e.enrolled_at, s.position, c.position, c.id`,
      values: [personId],
    }),
    app.pool.query<TopicRow>({
      name: 'student-topics',
      text: `SELECT t.course_id, t.id, t.slug, t.title, t.opens_at, v.person_id IS NOT NULL AS visited, o.opened_at AS opened_early_at,
          count(k.id)::int AS tasks, count(g.solved_at)::int AS solved
        FROM enrolment e JOIN course c ON c.id = e.course_id JOIN topic t ON t.course_id = c.id
          LEFT JOIN task k ON k.topic_id = t.id AND ${isShown('k')} LEFT JOIN task_progress g ON g.task_id = k.id AND g.person_id = $1
          LEFT JOIN topic_visit v ON v.topic_id = t.id AND v.person_id = $1 LEFT JOIN topic_opening o ON o.topic_id = t.id AND o.person_id = $1
        WHERE e.person_id = $1 AND c.deleted_at IS NULL AND ${isShown('t')}
        GROUP BY t.id, v.person_id, o.opened_at ORDER BY t.course_id, t.position, t.id`,
      values: [personId],
    }),
  ]);
  const now = app.clock.now();
  const byCourse = Map.groupBy(topics.rows, (topic) => topic.course_id);
  return courses.rows.map(({ enrolled_at, how, ends_at, ...course }) => ({
    ...course,
    enrolled: enrolled_at ? { at: enrolled_at.toISOString(), how: how ?? 'free', until: ends_at?.toISOString() ?? null } : null,
    topics: (byCourse.get(course.id) ?? []).map((topic, index) => toStudentTopicDto(topic, index + 1, now)),
  }));
}

function toStudentTopicDto(row: TopicRow, number: number, now: Date): StudentTopicDto {
  const { id, slug, title, visited } = row;
  return {
    id,
    slug,
    title,
    number,
    opensAt: row.opens_at.toISOString(),
    open: topicIsOpen({ opensAt: row.opens_at, visited, openedEarly: row.opened_early_at !== null, role: 'student' }, now),
    openedEarlyAt: row.opened_early_at?.toISOString() ?? null,
    visited,
    tasks: { done: row.solved, total: row.tasks },
  };
}

export const answersPageSize = 25;

interface AnswerRow {
  id: string;
  day: string;
  course_slug: string;
  course_title: string;
  topic_slug: string;
  topic_title: string;
  task_id: string;
  task_slug: string;
  task_title: string;
  understood: string;
  kind: AnswerSpec['kind'];
  options: AnswerOption[] | null;
  verdict: StudentAnswerDto['verdict'];
  points: number;
  max_points: number;
  created_at: Date;
  shown: boolean;
}

/**
 * Counted answers, newest first. By the day and then the id: that is an index of the student's own answers, and never a walk through everybody's.
 * @throws AppError STUDENTS_NOT_FOUND; INPUT_INVALID for a cursor that is none
 */
export async function listStudentAnswers(
  app: App,
  actor: Actor,
  input: { personId: string; course: string | null; cursor?: string | null | undefined },
): Promise<{ rows: StudentAnswerDto[]; nextCursor: string | null }> {
  await accessStudent(app, actor, input.personId);
  const after = input.cursor ? answerCursor(input.cursor) : null;
  if (input.cursor && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const values: unknown[] = [input.personId, answersPageSize + 1];
  const add = (value: unknown) => `$${values.push(value)}`;
  const behind = after ? `AND (s.local_on, s.id) < (${add(after.day)}::date, ${add(after.id)}::bigint)` : '';
  const ofCourse = input.course === null ? '' : `AND c.slug = ${add(input.course)}`;
  const { rows } = await app.pool.query<AnswerRow>({
    text: `SELECT s.id::text, to_char(s.local_on, 'YYYY-MM-DD') AS day, c.slug AS course_slug, c.title AS course_title, t.slug AS topic_slug,
        t.title AS topic_title, k.id AS task_id, k.slug AS task_slug, k.title AS task_title, s.understood, k.spec->>'kind' AS kind,
        k.spec->'options' AS options, s.verdict, s.points, k.points AS max_points, s.created_at, (${taskIsShown}) AS shown
      FROM submission s JOIN task k ON k.id = s.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE s.person_id = $1 ${behind} ${ofCourse}
      ORDER BY s.local_on DESC, s.id DESC LIMIT $2`,
    values,
  });
  const page = rows.slice(0, answersPageSize);
  const last = page.at(-1);
  return {
    rows: page.map((row) => toStudentAnswerDto(app, row)),
    nextCursor: rows.length > answersPageSize && last ? toAnswerCursor(last) : null,
  };
}

function toStudentAnswerDto(app: App, row: AnswerRow): StudentAnswerDto {
  return {
    id: row.id,
    courseSlug: row.course_slug,
    courseTitle: row.course_title,
    topicSlug: row.topic_slug,
    topicTitle: row.topic_title,
    taskId: row.task_id,
    taskSlug: row.task_slug,
    taskTitle: row.task_title,
    answer: row.kind === 'long' ? { kind: 'work' } : toShownAnswerDto(app, row),
    verdict: row.verdict,
    points: row.points,
    maxPoints: row.max_points,
    at: row.created_at.toISOString(),
    shown: row.shown,
  };
}

/** More long answers than anybody hands in during a year. */
const worksShown = 100;

/** The latest round of each long answer of a student, newest first. */
export async function listStudentWorks(app: App, actor: Actor, personId: string): Promise<StudentWorkDto[]> {
  await accessStudent(app, actor, personId);
  const rows = await app.db.work.findMany({
    where: { personId },
    distinct: ['taskId'],
    orderBy: [{ taskId: 'asc' }, { round: 'desc' }],
    select: {
      id: true,
      taskId: true,
      round: true,
      state: true,
      points: true,
      handedInAt: true,
      task: { select: { title: true, points: true, topic: { select: { title: true, course: { select: { title: true } } } } } },
    },
  });
  return rows
    .toSorted((a, b) => b.handedInAt.getTime() - a.handedInAt.getTime())
    .slice(0, worksShown)
    .map(({ task, handedInAt, ...work }) => ({
      ...work,
      handedInAt: handedInAt.toISOString(),
      taskTitle: task.title,
      maxPoints: task.points,
      topicTitle: task.topic.title,
      courseTitle: task.topic.course.title,
    }));
}
