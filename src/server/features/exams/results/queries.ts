import type { Verdict } from '#shared/answers/check.ts';
import { type AnswerSpec, keyAnswers } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type { FinishedAttemptDto, ReviewedAnswerDto } from '#shared/exams.ts';
import { primaryForTarget } from '#shared/scales.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { courseIsAllowed, isEnrolled, topicIsOpen } from '../../courses/rules.ts';
import { fileUrlOf, type SignedFiles } from '../../courses/topic-files.ts';
import { enrolledUntil, isPaid, taskIsShown } from '../../courses/visible.ts';
import { inAttemptOf } from '../../tasks/access.ts';
import { accessAttempt, type KnownAttempt, reviewTermsOf, scaleOf } from '../access.ts';
import { type AnswerRow, answerColumns, filesOfAttempt, toExamDto, toExamTaskDto } from '../attempts/queries.ts';
import { isBlank, reviewOpensAt, scoreOf } from '../rules.ts';

interface ReviewRow extends AnswerRow {
  understood: string | null;
  verdict: Verdict | null;
  earned: number | null;
  max_points: number | null;
  work_id: string | null;
  solution: string | null;
  slug: string;
  topic_slug: string;
  course_slug: string;
  opens_at: Date;
  paid: boolean;
  shown: boolean;
  enrolled_until: Date | null;
  visited: boolean;
  opened_early: boolean;
  /** The viewer's own attempt under way that asks the same task. */
  in_attempt: string | null;
}

/**
 * An attempt that is over, with all its answers, for a moderator who looks at a student's work; for a student what they may see of their own.
 * @throws AppError EXAMS_NOT_FOUND also while it is running
 */
export async function getFinishedAttempt(app: App, viewer: PersonActor, attemptId: string): Promise<FinishedAttemptDto> {
  return readFinished(app, viewer, await accessAttempt(app, viewer, attemptId, 'viewer'));
}

/** Two statements. Right answers, verdicts and solutions leave when the review is open, and for moderators. */
export async function readFinished(app: App, viewer: PersonActor, attempt: KnownAttempt): Promise<FinishedAttemptDto> {
  const { row } = attempt;
  const terms = reviewTermsOf(row);
  if (!terms || !row.finished_by) throw new AppError('EXAMS_NOT_FOUND');
  const [{ rows }, files] = await Promise.all([
    app.pool.query<ReviewRow>({
      name: 'attempt-review',
      text: `SELECT ${answerColumns}, x.understood, x.verdict, x.points AS earned, x.max_points, x.work_id, k.solution, k.slug, t.slug AS topic_slug,
          c.slug AS course_slug, t.opens_at, ${isPaid} AS paid, ${taskIsShown} AS shown,
          ${enrolledUntil('$2')} AS enrolled_until,
          EXISTS (SELECT 1 FROM topic_visit v WHERE v.person_id = $2 AND v.topic_id = t.id) AS visited,
          EXISTS (SELECT 1 FROM topic_opening o WHERE o.person_id = $2 AND o.topic_id = t.id) AS opened_early,
          ${inAttemptOf('$2')}
        FROM exam_answer x JOIN task k ON k.id = x.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        WHERE x.attempt_id = $1 ORDER BY x.position, x.task_id`,
      values: [row.id, viewer.id],
    }),
    filesOfAttempt(app, viewer, row.id),
  ]);
  const now = app.clock.now();
  const scale = scaleOf(row);
  const sum = {
    points: rows.reduce((points, { earned }) => points + (earned ?? 0), 0),
    maxPoints: rows.reduce((points, { max_points }) => points + (max_points ?? 0), 0),
    waiting: rows.filter(isWaiting).length,
  };
  const score = scoreOf(sum, scale);
  const primary = score.score === null ? null : primaryForTarget(scale?.points ?? null, row.target);
  const released = row.released_at !== null || (viewer.role === 'moderator' && viewer.id !== row.person_id);
  // An exam under way asks some of it again: what was opened is closed while it runs.
  const seesAll = released && rows.every(({ in_attempt }) => in_attempt === null);
  const opensAt = row.released_at === null ? reviewOpensAt(terms) : null;
  return {
    state: 'finished',
    id: row.id,
    now: now.toISOString(),
    number: row.number,
    startedAt: row.started_at.toISOString(),
    finishedAt: terms.finishedAt.toISOString(),
    finishedBy: row.finished_by,
    exam: toExamDto(row),
    score,
    target: primary === null ? null : { score: row.target, primary },
    answered: rows.filter((answer) => answer.work_id !== null || !isBlank(answer.given)).length,
    tasks: rows.length,
    answers: seesAll ? rows.map((answer, index) => toReviewedDto(app, viewer, answer, index + 1, files(answer.topic_id), now)) : null,
    reviewAt: opensAt && opensAt > now ? opensAt.toISOString() : null,
    student: viewer.id === row.person_id ? null : { id: row.person_id, firstName: row.first_name, lastName: row.last_name },
  };
}

const isWaiting = ({ work_id, earned }: Pick<ReviewRow, 'work_id' | 'earned'>) => work_id !== null && earned === null;

function toReviewedDto(app: App, viewer: PersonActor, row: ReviewRow, number: number, files: SignedFiles, now: Date): ReviewedAnswerDto {
  const task = toExamTaskDto(app, { ...row, points: row.max_points ?? row.points }, number, files);
  return {
    ...task,
    given: row.given,
    understood: row.understood,
    verdict: isWaiting(row) ? null : (row.verdict ?? 'none'),
    earned: row.earned,
    right: rightAnswer(row.spec),
    solutionHtml:
      row.solution === null
        ? null
        : app.markdown.render(row.solution, { fileUrl: fileUrlOf(files), idPrefix: `t${number}-solution-` }).html,
    workId: row.work_id,
    practice: practiceOf(viewer, row, now),
  };
}

function rightAnswer(spec: AnswerSpec): ReviewedAnswerDto['right'] {
  return keyAnswers(spec)[0] ?? null;
}

function practiceOf(viewer: PersonActor, row: ReviewRow, now: Date): ReviewedAnswerDto['practice'] {
  const { role } = viewer;
  const gate = { opensAt: row.opens_at, visited: row.visited, openedEarly: row.opened_early, role };
  const open =
    row.shown && courseIsAllowed({ paid: row.paid, enrolled: isEnrolled(row.enrolled_until, now), role }) && topicIsOpen(gate, now);
  return open ? { courseSlug: row.course_slug, topicSlug: row.topic_slug, taskSlug: row.slug } : null;
}
