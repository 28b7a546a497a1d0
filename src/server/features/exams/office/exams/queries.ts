import { AppError } from '#shared/errors.ts';
import type { OfficeExamDto, OfficeExamRowDto, OfficeExamsDto } from '#shared/exams-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { forModerators } from '../../../courses/office/access.ts';
import { examFields } from '../../rules.ts';
import { examProblem, examState } from '../rules.ts';
import { listExamTasks, taskMayBeGiven } from '../tasks/queries.ts';

interface ExamRow {
  id: string;
  slug: string;
  title: string;
  opens_at: Date | null;
  closes_at: Date | null;
  limit_minutes: number | null;
  published_at: Date | null;
  deleted_at: Date | null;
  tasks: number;
  lost: number;
  max_points: number;
  running: number;
  finished: number;
  waiting: number;
}

/**
 * Every exam of a course in its order, drafts too. Two statements, whatever there is.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function listOfficeExams(app: App, actor: PersonActor, { course: slug }: { course: string }): Promise<OfficeExamsDto> {
  forModerators(actor);
  const course = await app.db.course.findUnique({ where: { slug, deletedAt: null }, select: { id: true } });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const { rows } = await app.pool.query<ExamRow>({
    name: 'office-exams',
    // Waiting works are few: they are looked for from their own side.
    text: `WITH waiting AS (
        SELECT r.exam_id, count(*)::int AS waiting FROM work w JOIN exam_answer a ON a.work_id = w.id JOIN exam_attempt r ON r.id = a.attempt_id
        WHERE w.state = 'waiting' GROUP BY r.exam_id
      )
      SELECT x.id, x.slug, x.title, x.opens_at, x.closes_at, x.limit_minutes, x.published_at, x.deleted_at, of_tasks.*, of_runs.*,
        coalesce(waiting.waiting, 0) AS waiting
      FROM exam x LEFT JOIN waiting ON waiting.exam_id = x.id
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS tasks, (count(*) FILTER (WHERE NOT (${taskMayBeGiven})))::int AS lost, coalesce(sum(k.points), 0)::int AS max_points
          FROM exam_task e JOIN task k ON k.id = e.task_id JOIN topic t ON t.id = k.topic_id WHERE e.exam_id = x.id
        ) of_tasks
        CROSS JOIN LATERAL (
          SELECT (count(*) FILTER (WHERE r.finished_at IS NULL))::int AS running, count(r.finished_at)::int AS finished
          FROM exam_attempt r WHERE r.exam_id = x.id
        ) of_runs
      WHERE x.course_id = $1 ORDER BY x.position, x.id`,
    values: [course.id],
  });
  const now = app.clock.now();
  const deleted = rows
    .flatMap(({ id, title, deleted_at }) => (deleted_at ? [{ id, title, deletedAt: deleted_at.toISOString() }] : []))
    .toSorted((a, b) => b.deletedAt.localeCompare(a.deletedAt));
  const exams = rows.filter((row) => row.deleted_at === null).map((row) => toOfficeExamRowDto(row, now));
  return { timeZone: app.config.schoolTimeZone, exams, deleted };
}

function toOfficeExamRowDto(row: ExamRow, now: Date): OfficeExamRowDto {
  const { id, slug, title, tasks, lost, running, finished, waiting } = row;
  const window = { opensAt: row.opens_at, closesAt: row.closes_at };
  return {
    id,
    slug,
    title,
    tasks,
    running,
    finished,
    waiting,
    state: examState({ ...window, publishedAt: row.published_at }, now),
    problem: examProblem({ ...window, tasks, lost }),
    opensAt: row.opens_at?.toISOString() ?? null,
    closesAt: row.closes_at?.toISOString() ?? null,
    limitMinutes: row.limit_minutes,
    maxPoints: row.max_points,
  };
}

const select = {
  ...examFields,
  id: true,
  slug: true,
  publishedAt: true,
  course: {
    select: {
      id: true,
      slug: true,
      title: true,
      publishedAt: true,
      subject: { select: { title: true, scales: { select: { year: true, points: true }, orderBy: { year: 'desc' } } } },
    },
  },
} as const;

/**
 * An exam with all that its editor shows.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function getOfficeExam(app: App, actor: PersonActor, { id }: { id: string }): Promise<OfficeExamDto> {
  forModerators(actor);
  const [exam, tasks, running, finished] = await Promise.all([
    app.db.exam.findUnique({ where: { id, deletedAt: null, course: { deletedAt: null } }, select }),
    listExamTasks(app, id),
    app.db.examAttempt.count({ where: { examId: id, finishedAt: null } }),
    app.db.examAttempt.count({ where: { examId: id, finishedAt: { not: null } } }),
  ]);
  if (!exam) throw new AppError('EXAMS_NOT_FOUND');
  const { course, publishedAt, opensAt, closesAt, ...rest } = exam;
  const lost = tasks.filter((task) => task.state !== 'published').length;
  return {
    ...rest,
    opensAt: opensAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
    aboutHtml: app.markdown.render(exam.about, {}).html,
    state: examState({ publishedAt, opensAt, closesAt }, app.clock.now()),
    problem: examProblem({ tasks: tasks.length, lost, opensAt, closesAt }),
    timeZone: app.config.schoolTimeZone,
    course: { id: course.id, slug: course.slug, title: course.title, published: course.publishedAt !== null },
    subject: course.subject.title,
    scales: course.subject.scales.map(({ year, points }) => ({ year, points: points.length })),
    tasks,
    maxPoints: tasks.reduce((sum, task) => sum + task.points, 0),
    running,
    finished,
  };
}
