import type { AnswerSpec } from '#shared/answers/spec.ts';
import { mistakeDays, mistakesADay } from '#shared/mistake-rules.ts';
import type { MistakeDto, MistakesBriefDto, MistakesDto } from '#shared/mistakes.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { type GateRow, gateColumns } from '../../courses/access.ts';
import { courseIsAllowed, isEnrolled, topicIsOpen } from '../../courses/rules.ts';
import { fileUrlOf, signedFor, type TopicFileRow, toFileDto, topicFilesColumn } from '../../courses/topic-files.ts';
import { isShown } from '../../courses/visible.ts';
import { toAnswerFormatDto } from '../../tasks/format.ts';
import { solutionState } from '../../tasks/rules.ts';
import { nextDay, portionOf } from './rules.ts';

/** From rung to rung: the first of `f.days`, on which the task was answered right after its fall, that is not before the day it was due. */
const climbed = mistakeDays.map(
  (days, index) => `CROSS JOIN LATERAL (SELECT min(given.day) AS day FROM unnest(f.days) AS given (day)
      WHERE given.day >= ${index === 0 ? 'f' : `r${index}`}.day + ${days}) r${index + 1}`,
);

const wrongIn = (
  table: string,
  counted: boolean,
  which: string,
) => `SELECT a.task_id, a.created_at AS at, a.local_on AS day, ${counted} AS counted
          FROM ${table} a WHERE a.person_id = $1 AND a.verdict <> 'right' AND ${which}`;

/**
 * `rungOf` of rules.ts for every task of the person $1, as a SELECT of task_id, wrong_on, step and due_on (null: learnt). It asks the answers and not
 * the progress: a task that was solved may go wrong later, in an exam. Each table is read once, and nothing but this person's rows of it; a test holds
 * the two together.
 * @param which condition on `a` (submission, mistake_answer)
 */
export const rungs = (which = 'true') => `SELECT f.task_id, f.day AS wrong_on, 1 + num_nonnulls(r1.day, r2.day, r3.day) AS step,
      CASE WHEN r4.day IS NULL THEN greatest(f.day + ${mistakeDays[0]}, r1.day + ${mistakeDays[1]}, r2.day + ${mistakeDays[2]}, r3.day + ${mistakeDays[3]}) END AS due_on
    FROM (
      SELECT w.task_id, w.day, array_agg(a.local_on) AS days FROM (
        SELECT DISTINCT ON (task_id) task_id, at, day, bool_or(counted) OVER (PARTITION BY task_id) AS counted
        FROM (${wrongIn('submission', true, which)} UNION ALL ${wrongIn('mistake_answer', false, which)}) wrong
        ORDER BY task_id, at DESC, day DESC
      ) w LEFT JOIN mistake_answer a ON a.person_id = $1 AND a.task_id = w.task_id AND a.verdict = 'right' AND a.created_at > w.at AND ${which}
      WHERE w.counted GROUP BY w.task_id, w.day
    ) f
    ${climbed.join('\n    ')}`;

/** Tasks of attempts whose review is open, as a SELECT of task_id and attempt_id for the person $1: there they may be seen, wherever they stand. */
const released = `SELECT DISTINCT ON (n.task_id) n.task_id, n.attempt_id FROM exam_attempt e JOIN exam_answer n ON n.attempt_id = e.id
    WHERE e.person_id = $1 AND e.released_at IS NOT NULL ORDER BY n.task_id, e.finished_at DESC`;

/** What a statement over `rungs` (`l`) needs to say where the task may be seen: joins, and below the columns and the condition. */
export const placeJoins = `JOIN task k ON k.id = l.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
    LEFT JOIN released x ON x.task_id = k.id`;
export const placeColumns = `x.attempt_id, (${isShown('t')}) AS topic_shown, ${gateColumns}`;
/** A task of a draft topic stays: exams are made of such tasks too. What a teacher graded comes back in another way. */
export const placeShown = `${isShown('k')} AND t.deleted_at IS NULL AND ${isShown('c')} AND k.spec ->> 'kind' <> 'long'`;
export const releasedTasks = `released AS MATERIALIZED (${released})`;

export interface PlaceRow extends GateRow {
  attempt_id: string | null;
  topic_shown: boolean;
}

/** Where the student may see the task: at its topic, in a released attempt, or nowhere. */
export function placeOf(app: App, actor: PersonActor, row: PlaceRow): 'topic' | 'exam' | null {
  const now = app.clock.now();
  if (!courseIsAllowed({ paid: row.paid, enrolled: isEnrolled(row.enrolled_until, now), role: actor.role })) return null;
  const gate = { opensAt: row.opens_at, visited: row.visited, openedEarly: row.opened_early, role: actor.role };
  if (row.topic_shown && topicIsOpen(gate, now)) return 'topic';
  return row.attempt_id === null ? null : 'exam';
}

interface RungRow extends PlaceRow {
  /** Null: no task is on the ladder, and the row is there for `done`. */
  task_id: string | null;
  title: string;
  exam_number: number | null;
  wrong_days_ago: number;
  step: number;
  due_on: string;
  done: number;
}

interface Standing {
  today: string;
  doneToday: number;
  rows: RungRow[];
  due: RungRow[];
  portion: number;
  nextOn: string | null;
}

/** All tasks on the student's ladder that they may see, what has been due longest first. One statement. */
async function findStanding(app: App, actor: PersonActor): Promise<Standing> {
  const today = dayIn(actor.timeZone, app.clock.now());
  const { rows } = await app.pool.query<RungRow>({
    name: 'mistakes',
    text: `WITH rungs AS (${rungs()}), ${releasedTasks}, places AS (
        SELECT l.task_id, k.title, k.exam_number, $2::date - l.wrong_on AS wrong_days_ago, l.step, to_char(l.due_on, 'YYYY-MM-DD') AS due_on, c.position AS course_position, t.position AS topic_position,
          k.position AS task_position, ${placeColumns}
        FROM rungs l ${placeJoins} WHERE l.due_on IS NOT NULL AND ${placeShown}
      )
      SELECT d.done, places.* FROM (
        SELECT count(DISTINCT a.task_id)::int AS done FROM mistake_answer a WHERE a.person_id = $1 AND a.local_on = $2::date
      ) d LEFT JOIN places ON true
      ORDER BY due_on, course_position, course_id, topic_position, topic_id, task_position, task_id`,
    values: [actor.id, today],
  });
  const doneToday = rows[0]?.done ?? 0;
  const seen = rows.filter((row) => row.task_id !== null && placeOf(app, actor, row) !== null);
  const due = seen.filter((row) => row.due_on <= today);
  const portion = portionOf(due.length, doneToday, mistakesADay);
  const laterOn = seen.find((row) => row.due_on > today)?.due_on ?? null;
  return { today, doneToday, rows: seen, due, portion, nextOn: nextDay({ portion, dueTotal: due.length, laterOn }, today) };
}

const firstShown = 4;

/** For the home and the sign in the head. One statement. */
export async function getMistakesBrief(app: App, actor: PersonActor): Promise<MistakesBriefDto> {
  const { due, portion, nextOn } = await findStanding(app, actor);
  return {
    due: portion,
    nextOn,
    first: due.slice(0, Math.min(firstShown, portion)).map((row) => ({
      taskId: row.task_id ?? '',
      title: row.title,
      examNumber: row.exam_number,
      topicTitle: row.topic_title,
      step: row.step,
      wrongDaysAgo: row.wrong_days_ago,
    })),
  };
}

interface CardRow {
  id: string;
  slug: string;
  points: number;
  statement: string;
  spec: AnswerSpec;
  file_names: string[];
  topic_slug: string;
  has_solution: boolean;
  solution_rule: 'always' | 'solved' | 'after';
  solution_after: number | null;
  wrong_count: number;
  solved_at: Date | null;
  files: TopicFileRow[];
}

/** The day's portion with everything that is needed to answer it. Two statements. */
export async function getMistakes(app: App, actor: PersonActor): Promise<MistakesDto> {
  const { today, doneToday, rows, due, portion, nextOn } = await findStanding(app, actor);
  const now = due.slice(0, portion);
  const cards = await findCards(
    app,
    actor,
    now.flatMap(({ task_id }) => task_id ?? []),
  );
  return {
    today,
    due: now.flatMap((row) => {
      const card = cards.get(row.task_id ?? '');
      return card ? [toMistakeDto(app, actor, row, card)] : [];
    }),
    dueTotal: due.length,
    doneToday,
    total: rows.length,
    nextOn,
  };
}

async function findCards(app: App, actor: PersonActor, ids: string[]): Promise<Map<string, CardRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await app.pool.query<CardRow>({
    name: 'mistake-cards',
    text: `SELECT k.id, k.slug, k.points, k.statement, k.spec, k.file_names, t.slug AS topic_slug, k.solution IS NOT NULL AS has_solution,
        k.solution_rule, k.solution_after, coalesce(p.wrong_count, 0) AS wrong_count, p.solved_at, ${topicFilesColumn}
      FROM task k JOIN topic t ON t.id = k.topic_id LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1
      WHERE k.id = ANY($2::uuid[])`,
    values: [actor.id, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

function toMistakeDto(app: App, actor: PersonActor, row: RungRow, card: CardRow): MistakeDto {
  const files = signedFor(app, actor, card.files);
  const fileUrl = fileUrlOf(files);
  const atTopic = placeOf(app, actor, row) === 'topic';
  const terms = { hasSolution: card.has_solution, solutionRule: card.solution_rule, solutionAfter: card.solution_after };
  const solution = solutionState(terms, { solved: card.solved_at !== null, wrongCount: card.wrong_count });
  return {
    taskId: card.id,
    title: row.title,
    examNumber: row.exam_number,
    points: card.points,
    course: { slug: row.course_slug, title: row.course_title },
    topic: { slug: card.topic_slug, title: row.topic_title },
    taskSlug: atTopic ? card.slug : null,
    attemptId: row.attempt_id,
    solution: atTopic && solution.state === 'open',
    step: row.step,
    dueOn: row.due_on,
    statementHtml: app.markdown.render(card.statement, { fileUrl, idPrefix: `${card.id}-` }).html,
    format: toAnswerFormatDto(app, card.spec, fileUrl),
    files: card.file_names.flatMap((name) => {
      const file = files.get(name);
      return file ? [toFileDto(file)] : [];
    }),
  };
}
