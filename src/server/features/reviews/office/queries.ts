import { AppError } from '#shared/errors.ts';
import type { HolderDto, ListReviewsInput, ReviewDto, ReviewListDto, ReviewRowDto, WorkStateDto } from '#shared/reviews.ts';
import { reviewPageSize } from '#shared/reviews.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { fileUrlOf, signedFor, type TopicFileRow, toFileDto, topicFilesColumn } from '../../courses/topic-files.ts';
import { taskIsShown } from '../../courses/visible.ts';
import { findWorks, idPrefixOf, renderSaid, renderWork, scoresOf, toWorkDto, toWorkFileDto, workSelect } from '../queries.ts';
import { criteriaOf, extraLeft, fittingScores, inOrder, isHeld } from '../rules.ts';

interface ListRow {
  id: string;
  state: WorkStateDto;
  student: string;
  round: number;
  handed_in_at: Date;
  decided_at: Date | null;
  points: number | null;
  max_points: number;
  task_title: string;
  exam_number: number | null;
  topic_title: string;
  course_title: string;
  files: number;
  held_by: string | null;
  held_until: Date | null;
  holder: string | null;
  exam: ReviewRowDto['exam'];
}

/** What was written in an exam is to be graded, whatever became of the task; else students have to see it. */
const works = `FROM work w JOIN task k ON k.id = w.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
  LEFT JOIN exam_answer x ON x.work_id = w.id`;
const isWanted = `(x.work_id IS NOT NULL OR ${taskIsShown})`;
const from = `${works} JOIN person s ON s.id = w.person_id LEFT JOIN person h ON h.id = w.held_by
  LEFT JOIN exam_attempt a ON a.id = x.attempt_id LEFT JOIN exam e ON e.id = a.exam_id`;

/** What waits stands in the order in which it came; what is done with the newest first. */
const filters: Record<ListReviewsInput['filter'], { where: string; oldestFirst: boolean }> = {
  waiting: { where: `w.state = 'waiting'`, oldestFirst: true },
  mine: { where: `w.state = 'waiting' AND w.held_by = $1`, oldestFirst: true },
  exams: { where: `w.state = 'waiting' AND x.work_id IS NOT NULL`, oldestFirst: true },
  returned: { where: `w.state = 'returned'`, oldestFirst: false },
  accepted: { where: `w.state = 'accepted'`, oldestFirst: false },
};

/** A page of the queue. Three statements, whatever the number of works. */
export async function listReviews(app: App, actor: PersonActor, { filter, courseId, cursor }: ListReviewsInput): Promise<ReviewListDto> {
  const { where, oldestFirst } = filters[filter];
  const [beyond, order] = oldestFirst ? ['>', 'ASC'] : ['<', 'DESC'];
  const [{ rows }, counts, courses] = await Promise.all([
    app.pool.query<ListRow>({
      // Planned for what is asked for each time: a condition that may be absent spoils a plan made once.
      text: `SELECT w.id, w.state, s.last_name || ' ' || s.first_name AS student, w.round, w.handed_in_at, w.decided_at, w.points, k.points AS max_points,
          k.title AS task_title, k.exam_number, t.title AS topic_title, c.title AS course_title, w.held_by, w.held_until,
          h.first_name || ' ' || h.last_name AS holder, (SELECT count(*)::int FROM work_file f WHERE f.work_id = w.id) AS files,
          CASE WHEN e.id IS NOT NULL THEN json_build_object('title', e.title, 'attemptId', a.id, 'attempt', a.number) END AS exam
        ${from} WHERE ${where} AND ${isWanted} AND $1::uuid IS NOT NULL
          ${courseId ? 'AND c.id = $3' : 'AND $3::uuid IS NULL'}
          ${cursor ? `AND (w.handed_in_at, w.id) ${beyond} ($4::timestamptz, $5::uuid)` : 'AND $4::timestamptz IS NULL AND $5::uuid IS NULL'}
        ORDER BY w.handed_in_at ${order}, w.id ${order} LIMIT $2`,
      values: [actor.id, reviewPageSize + 1, courseId ?? null, cursor?.at ?? null, cursor?.id ?? null],
    }),
    countWaiting(app, actor),
    listCourses(app),
  ]);
  const shown = rows.slice(0, reviewPageSize);
  const last = shown.at(-1);
  const now = app.clock.now();
  return {
    rows: shown.map((row) => ({
      id: row.id,
      state: row.state,
      student: row.student,
      round: row.round,
      handedInAt: row.handed_in_at.toISOString(),
      decidedAt: row.state === 'waiting' ? null : (row.decided_at?.toISOString() ?? null),
      points: row.state === 'accepted' ? row.points : null,
      maxPoints: row.max_points,
      taskTitle: row.task_title,
      examNumber: row.exam_number,
      topicTitle: row.topic_title,
      courseTitle: row.course_title,
      files: row.files,
      exam: row.exam,
      holder: toHolderDto(actor, { state: row.state, heldBy: row.held_by, heldUntil: row.held_until, name: row.holder }, now),
    })),
    next: rows.length > reviewPageSize && last ? { at: last.handed_in_at.toISOString(), id: last.id } : null,
    counts: { waiting: counts.waiting, mine: counts.mine, exams: counts.exams },
    courses,
  };
}

/** For the sign beside «Проверка» on every page of the office. One statement over an index. */
export async function countWaiting(
  app: App,
  actor: PersonActor,
): Promise<{ waiting: number; mine: number; exams: number; oldestAt: string | null }> {
  const { rows } = await app.pool.query<{ waiting: number; mine: number; exams: number; oldest: Date | null }>({
    name: 'works-waiting',
    text: `SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE w.held_by = $1))::int AS mine, count(x.work_id)::int AS exams,
        min(w.handed_in_at) AS oldest
      ${works} WHERE w.state = 'waiting' AND ${isWanted}`,
    values: [actor.id],
  });
  const { waiting = 0, mine = 0, exams = 0, oldest = null } = rows[0] ?? {};
  return { waiting, mine, exams, oldestAt: oldest?.toISOString() ?? null };
}

async function listCourses(app: App): Promise<{ id: string; title: string }[]> {
  const { rows } = await app.pool.query<{ id: string; title: string }>({
    name: 'courses-with-long-tasks',
    text: `SELECT c.id, c.title FROM course c WHERE c.deleted_at IS NULL AND EXISTS (
        SELECT 1 FROM topic t JOIN task k ON k.topic_id = t.id WHERE t.course_id = c.id AND k.spec ->> 'kind' = 'long'
      ) ORDER BY c.position, c.id`,
  });
  return rows;
}

interface Holding {
  state: WorkStateDto;
  heldBy: string | null;
  heldUntil: Date | null;
  name: string | null;
}

/** Null where anybody may take it: a lock that ran out holds nobody up. */
export function toHolderDto(actor: PersonActor, work: Holding, now: Date): HolderDto | null {
  if (work.state !== 'waiting' || !isHeld(work, now) || work.heldUntil === null) return null;
  return { mine: work.heldBy === actor.id, name: work.name ?? '', until: work.heldUntil.toISOString() };
}

/** The work that waits longest and that nobody is at. */
export async function findNext(app: App, afterId: string): Promise<string | null> {
  const { rows } = await app.pool.query<{ id: string }>({
    name: 'next-work',
    text: `SELECT w.id ${works}
      WHERE w.state = 'waiting' AND ${isWanted} AND w.id <> $2 AND (w.held_until IS NULL OR w.held_until <= $1)
      ORDER BY w.handed_in_at, w.id LIMIT 1`,
    values: [app.clock.now(), afterId],
  });
  return rows[0]?.id ?? null;
}

/**
 * Everything a teacher needs to grade a work.
 * @throws AppError REVIEWS_NOT_FOUND
 */
export async function openReview(app: App, actor: PersonActor, input: { workId: string }): Promise<ReviewDto> {
  const work = await app.db.work.findUnique({
    where: { id: input.workId },
    select: {
      ...workSelect,
      decidedBy: true,
      exam: { select: { attempt: { select: { id: true, number: true, exam: { select: { title: true } } } } } },
      person: { select: { id: true, firstName: true, lastName: true } },
      task: {
        select: {
          id: true,
          title: true,
          slug: true,
          examNumber: true,
          points: true,
          statement: true,
          solution: true,
          spec: true,
          fileNames: true,
          topic: { select: { id: true, title: true, slug: true, course: { select: { title: true, slug: true } } } },
        },
      },
    },
  });
  if (!work) throw new AppError('REVIEWS_NOT_FOUND');
  const { task, person } = work;
  const [names, files, all, extra] = await Promise.all([
    namesOf(app, [work.heldBy, work.decidedBy]),
    topicFiles(app, actor, task.topic.id),
    findWorks(app.db, person.id, task.id, 'all'),
    app.db.workExtra.findUnique({ where: { personId_taskId: { personId: person.id, taskId: task.id } }, select: { count: true } }),
  ]);
  const fileUrl = fileUrlOf(files);
  const criteria = criteriaOf(task.spec as Parameters<typeof criteriaOf>[0]);
  const comments = inOrder(work.comments);
  return {
    id: work.id,
    round: work.round,
    state: work.state,
    handedInAt: work.handedInAt.toISOString(),
    decidedAt: work.decidedAt?.toISOString() ?? null,
    decidedBy: work.decidedBy ? (names.get(work.decidedBy) ?? null) : null,
    points: work.points,
    seenAt: work.seenAt?.toISOString() ?? null,
    student: person,
    exam: work.exam && { title: work.exam.attempt.exam.title, attemptId: work.exam.attempt.id, attempt: work.exam.attempt.number },
    task: {
      id: task.id,
      title: task.title,
      slug: task.slug,
      examNumber: task.examNumber,
      points: task.points,
      statementHtml: app.markdown.render(task.statement, { fileUrl, idPrefix: 'statement-' }).html,
      solutionHtml: task.solution === null ? null : app.markdown.render(task.solution, { fileUrl, idPrefix: 'solution-' }).html,
      files: task.fileNames.flatMap((name) => {
        const file = files.get(name);
        return file ? [toFileDto(file)] : [];
      }),
    },
    topic: { title: task.topic.title, slug: task.topic.slug },
    course: task.topic.course,
    criteria: criteria.map(({ id, title, max }) => ({ id, max, html: app.markdown.renderInline(title, { fileUrl }) })),
    text: work.text,
    idPrefix: idPrefixOf(work.id),
    textHtml: renderWork(app, work.text, numbered(comments), idPrefixOf(work.id)),
    files: work.files.map((file) => toWorkFileDto(app, actor, file)),
    grading: { scores: fittingScores(criteria, scoresOf(work.scores)), comments, remark: work.remark },
    remarkHtml: renderSaid(app, work.remark),
    holder: toHolderDto(actor, { ...work, name: work.heldBy ? (names.get(work.heldBy) ?? null) : null }, app.clock.now()),
    rounds: all.filter(({ round }) => round < work.round).map((earlier) => toWorkDto(app, actor, earlier)),
    extra: extraLeft(
      all.map(({ state }) => state),
      extra?.count ?? 0,
    ),
  };
}

export function numbered(comments: readonly { start: number; end: number }[]) {
  return comments.map(({ start, end }, index) => ({ number: index + 1, start, end }));
}

async function topicFiles(app: App, actor: PersonActor, topicId: string) {
  const { rows } = await app.pool.query<{ files: TopicFileRow[] }>({
    name: 'files-of-topic',
    text: `SELECT ${topicFilesColumn} FROM topic t WHERE t.id = $1`,
    values: [topicId],
  });
  return signedFor(app, actor, rows[0]?.files ?? []);
}

async function namesOf(app: App, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const people = await app.db.person.findMany({ where: { id: { in: wanted } }, select: { id: true, firstName: true, lastName: true } });
  return new Map(people.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}
