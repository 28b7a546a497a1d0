import type { CourseListDto, OfficeCourseDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import type { AnswerKind } from '#shared/task-keys.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { forModerators } from '../access.ts';
import { kindIn } from '../tasks/rules.ts';

interface CourseRow {
  id: string;
  slug: string;
  title: string;
  target: number;
  published: boolean;
  deleted_at: Date | null;
  subject_id: string;
  subject_title: string;
  topics: number;
  drafts: number;
  students: number;
}

/** Every course of the school with what it holds, as students find them; what was deleted apart, newest first. One statement. */
export async function listCourses(app: App, actor: PersonActor): Promise<CourseListDto> {
  forModerators(actor);
  const { rows } = await app.pool.query<CourseRow>({
    name: 'office-courses',
    text: `SELECT c.id, c.slug, c.title, c.target, c.published_at IS NOT NULL AS published, c.deleted_at, s.id AS subject_id, s.title AS subject_title,
        (SELECT count(*)::int FROM topic t WHERE t.course_id = c.id AND t.deleted_at IS NULL) AS topics,
        (SELECT count(*)::int FROM topic t WHERE t.course_id = c.id AND t.deleted_at IS NULL AND t.published_at IS NULL)
          + (SELECT count(*)::int FROM task k JOIN topic t ON t.id = k.topic_id
            WHERE t.course_id = c.id AND t.deleted_at IS NULL AND k.deleted_at IS NULL AND k.published_at IS NULL) AS drafts,
        (SELECT count(*)::int FROM enrolment e WHERE e.course_id = c.id) AS students
      FROM course c JOIN subject s ON s.id = c.subject_id ORDER BY s.position, s.id, c.position, c.target, c.id`,
  });
  const all = rows.map(toOfficeCourseDto);
  const deleted = all.filter((course) => course.deletedAt !== null).sort((a, b) => (b.deletedAt ?? '').localeCompare(a.deletedAt ?? ''));
  return { courses: all.filter((course) => course.deletedAt === null), deleted };
}

function toOfficeCourseDto(row: CourseRow): OfficeCourseDto {
  const { id, slug, title, target, published, topics, drafts, students } = row;
  const subject = { id: row.subject_id, title: row.subject_title };
  return { id, slug, title, subject, target, published, topics, drafts, students, deletedAt: row.deleted_at?.toISOString() ?? null };
}

interface ProgrammeRow {
  id: string;
  slug: string;
  title: string;
  target: number;
  summary: string;
  schedule: string | null;
  chat_after: number;
  price_minor: number;
  monthly_minor: number;
  currency: string;
  published: boolean;
  edited: boolean;
  students: number;
  subject_id: string;
  subject_title: string;
}

interface TopicRow {
  id: string;
  slug: string;
  title: string;
  opens_at: Date;
  published: boolean;
  edited: boolean;
  videos: number;
  files: number;
  opened_for: number;
}

interface TaskRow {
  id: string;
  topic_id: string;
  title: string;
  kind: AnswerKind | null;
  /** Beginning of a text that was never published. */
  draft: string | null;
  published: boolean;
  edited: boolean;
}

interface BinRow {
  kind: 'topic' | 'task';
  id: string;
  title: string;
  topic: string | null;
  deleted_at: Date;
}

const editedText = (kind: 'task' | 'theory' | 'course', id: string) =>
  `EXISTS (SELECT 1 FROM text_state s WHERE s.kind = '${kind}' AND s.subject_id = ${id} AND s.draft IS NOT NULL)`;

/**
 * A course with everything in it that is not deleted. Four statements, whatever its size.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function getProgramme(app: App, actor: PersonActor, { course: slug }: { course: string }): Promise<ProgrammeDto> {
  forModerators(actor);
  const values = [slug];
  const [courses, topics, tasks, bin] = await Promise.all([
    app.pool.query<ProgrammeRow>({
      name: 'office-programme',
      text: `SELECT c.id, c.slug, c.title, c.target, c.summary, c.schedule, c.chat_after, c.price_minor, c.monthly_minor, c.currency, c.published_at IS NOT NULL AS published,
          ${editedText('course', 'c.id')} AS edited, s.id AS subject_id, s.title AS subject_title,
          (SELECT count(*)::int FROM enrolment e WHERE e.course_id = c.id) AS students
        FROM course c JOIN subject s ON s.id = c.subject_id WHERE c.slug = $1 AND c.deleted_at IS NULL`,
      values,
    }),
    app.pool.query<TopicRow>({
      name: 'office-topics',
      text: `SELECT t.id, t.slug, t.title, t.opens_at, t.published_at IS NOT NULL AS published, ${editedText('theory', 't.id')} AS edited,
          (SELECT count(*)::int FROM topic_video v WHERE v.topic_id = t.id) AS videos,
          (SELECT count(*)::int FROM topic_file f WHERE f.topic_id = t.id) AS files,
          (SELECT count(*)::int FROM topic_opening o WHERE o.topic_id = t.id) AS opened_for
        FROM topic t JOIN course c ON c.id = t.course_id WHERE c.slug = $1 AND t.deleted_at IS NULL ORDER BY t.position, t.id`,
      values,
    }),
    app.pool.query<TaskRow>({
      name: 'office-tasks',
      text: `SELECT k.id, k.topic_id, k.title, k.spec->>'kind' AS kind, CASE WHEN k.spec IS NULL THEN left(s.draft, 2000) END AS draft,
          k.published_at IS NOT NULL AS published, s.draft IS NOT NULL AS edited
        FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
          LEFT JOIN text_state s ON s.kind = 'task' AND s.subject_id = k.id
        WHERE c.slug = $1 AND t.deleted_at IS NULL AND k.deleted_at IS NULL ORDER BY k.topic_id, k.position, k.id`,
      values,
    }),
    app.pool.query<BinRow>({
      name: 'office-bin',
      text: `SELECT * FROM (
          SELECT 'topic' AS kind, t.id, t.title, NULL AS topic, t.deleted_at FROM topic t JOIN course c ON c.id = t.course_id
            WHERE c.slug = $1 AND t.deleted_at IS NOT NULL
          UNION ALL
          SELECT 'task', k.id, k.title, t.title, k.deleted_at FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
            WHERE c.slug = $1 AND t.deleted_at IS NULL AND k.deleted_at IS NOT NULL
        ) gone ORDER BY deleted_at DESC, id LIMIT 50`,
      values,
    }),
  ]);
  const course = courses.rows[0];
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const { chat_after, price_minor, monthly_minor, subject_id, subject_title, ...same } = course;
  return {
    ...same,
    chatAfter: chat_after,
    priceMinor: price_minor,
    monthlyMinor: monthly_minor,
    takenCurrencies: [...new Set((app.payments?.all ?? []).flatMap(({ currencies }) => currencies))],
    subject: { id: subject_id, title: subject_title },
    timeZone: app.config.schoolTimeZone,
    topics: toOfficeTopicDtos(topics.rows, tasks.rows),
    bin: bin.rows.map(({ deleted_at, ...row }) => ({ ...row, deletedAt: deleted_at.toISOString() })),
  };
}

function toOfficeTopicDtos(topics: TopicRow[], tasks: TaskRow[]): OfficeTopicDto[] {
  const byTopic = Map.groupBy(tasks, (task) => task.topic_id);
  return topics.map(({ opens_at, opened_for, ...topic }) => ({
    ...topic,
    opensAt: opens_at.toISOString(),
    openedFor: opened_for,
    tasks: (byTopic.get(topic.id) ?? []).map(({ id, title, kind, draft, published, edited }) => ({
      id,
      title,
      kind: kind ?? (draft === null ? null : kindIn(draft)),
      published,
      edited,
    })),
  }));
}
