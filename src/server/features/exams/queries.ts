import type { AttemptRowDto, ExamDto, ExamRowDto, ExamScoreDto, RunningExamDto } from '#shared/exams.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { type ExamRow, type MyAttempt, scaleOf, windowOf } from './access.ts';
import { attemptsAllowed, bestOf, closesFor, examState, isDue, scoreOf } from './rules.ts';

const iso = (at: string | Date | null) => (at === null ? null : new Date(at).toISOString());

export function toExamRowDto(row: ExamRow, now: Date): ExamRowDto {
  const window = windowOf(row);
  const running = row.mine.find(({ finishedAt }) => finishedAt === null);
  const best = bestOf(row.mine.filter(({ finishedAt }) => finishedAt !== null));
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    tasks: row.tasks,
    maxPoints: row.max_points,
    limitMinutes: row.limit_minutes === null ? null : row.limit_minutes + row.extra_minutes,
    opensAt: iso(row.opens_at),
    closesAt: iso(closesFor(row.closes_at, row.extra_minutes)),
    state: examState(window, now),
    attempts: { used: window.used, allowed: attemptsAllowed(window) },
    running: running ? { id: running.id, deadlineAt: iso(running.deadlineAt) } : null,
    best: best && scoreOfMine(row, best),
  };
}

function scoreOfMine(row: ExamRow, { points, maxPoints, waiting }: MyAttempt): ExamScoreDto {
  return scoreOf({ points, maxPoints, waiting }, scaleOf(row));
}

export function toExamDto(app: App, row: ExamRow): ExamDto {
  const now = app.clock.now();
  return {
    ...toExamRowDto(row, now),
    now: now.toISOString(),
    course: { slug: row.course_slug, title: row.course_title },
    aboutHtml: app.markdown.render(row.about, {}).html,
    review: row.review,
    // No test score is promised that the scale cannot give.
    scaleYear: scoreOf({ points: 0, maxPoints: row.max_points, waiting: 0 }, scaleOf(row)).scaleYear,
    shuffled: row.shuffled,
    history: row.mine.map((attempt) => toAttemptRowDto(row, attempt)),
  };
}

function toAttemptRowDto(row: ExamRow, attempt: MyAttempt): AttemptRowDto {
  return {
    id: attempt.id,
    number: attempt.number,
    startedAt: new Date(attempt.startedAt).toISOString(),
    finishedAt: iso(attempt.finishedAt),
    finishedBy: attempt.finishedBy,
    score: attempt.finishedAt === null ? null : scoreOfMine(row, attempt),
    released: attempt.releasedAt !== null,
  };
}

/** The exam that this person is at now. One statement. */
export async function findRunning(app: App, actor: PersonActor): Promise<RunningExamDto> {
  const { rows } = await app.pool.query<{
    id: string;
    deadline_at: Date | null;
    exam_slug: string;
    exam_title: string;
    course_slug: string;
    course_title: string;
  }>({
    name: 'running-exam',
    text: `SELECT a.id, a.deadline_at, e.slug AS exam_slug, e.title AS exam_title, c.slug AS course_slug, c.title AS course_title
      FROM exam_attempt a JOIN exam e ON e.id = a.exam_id JOIN course c ON c.id = e.course_id
      WHERE a.person_id = $1 AND a.finished_at IS NULL LIMIT 1`,
    values: [actor.id],
  });
  const [row] = rows;
  const now = app.clock.now();
  if (!row || isDue(row.deadline_at, now)) return null;
  const exam = { slug: row.exam_slug, title: row.exam_title, courseSlug: row.course_slug, courseTitle: row.course_title };
  return { id: row.id, now: now.toISOString(), deadlineAt: iso(row.deadline_at), exam };
}
