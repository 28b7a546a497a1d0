import type { AttemptDto, TaskStateDto } from '#shared/tasks.ts';
import type { App } from '../../platform/app.ts';
import { unreadOfThread } from '../chat/unread.ts';
import type { FileUrl } from '../courses/topic-files.ts';
import { chatLeft, hintIsOpen, solutionState, type TaskFacts, type TaskTerms } from './rules.ts';

/** A teacher's reply `reply` is for the answer `alias` (a row of submission): not once a mended key has made it right. */
const repliesTo = (reply: string, alias: string) =>
  `${reply}.task_id = ${alias}.task_id AND ${reply}.canonical_hash = ${alias}.canonical_hash AND ${alias}.verdict <> 'right'`;

/** Columns of a task's terms and of one person's work on it, for a statement with `k` (task), `c` (course) and the person as $1. */
export const taskStateColumns = `k.hint, k.hint_after, k.solution IS NOT NULL AS has_solution, k.solution_rule, k.solution_after,
  coalesce(k.chat_after, c.chat_after) AS chat_after, p.solved_at, coalesce(p.wrong_count, 0) AS wrong_count, coalesce(p.best_points, 0) AS best_points,
  (SELECT sum(g.after - g.before)::int FROM key_fix_gain g WHERE g.person_id = $1 AND g.task_id = k.id AND g.seen_at IS NULL) AS key_fix_points,
  CASE WHEN k.spec ->> 'kind' = 'long' THEN coalesce((SELECT w.state::text FROM work w WHERE w.person_id = $1 AND w.task_id = k.id
    AND NOT EXISTS (SELECT 1 FROM exam_answer x JOIN exam_attempt a ON a.id = x.attempt_id WHERE x.work_id = w.id AND a.released_at IS NULL)
    ORDER BY w.round DESC LIMIT 1), 'none') END AS work,
  (SELECT json_build_object('threadId', ct.id, 'messages', ct.last_seq, 'unread', ${unreadOfThread('ct', '$1')})
    FROM chat_thread ct WHERE ct.student_id = $1 AND ct.about = k.id::text) AS chat,
  (SELECT coalesce(json_agg(json_build_object('id', s.id::text, 'clientId', s.client_id, 'hash', s.canonical_hash, 'understood', s.understood,
      'verdict', s.verdict, 'points', s.points, 'at', s.created_at, 'reply', r.body) ORDER BY s.id), '[]')
    FROM submission s LEFT JOIN answer_reply r ON ${repliesTo('r', 's')}
    WHERE s.person_id = $1 AND s.task_id = k.id) AS attempts`;

export interface TaskStateRow {
  slug: string;
  hint: string | null;
  hint_after: number;
  has_solution: boolean;
  solution_rule: TaskTerms['solutionRule'];
  solution_after: number | null;
  chat_after: number;
  solved_at: Date | null;
  wrong_count: number;
  best_points: number;
  /** Points gained by a mended key that the student has not read of; null: none. */
  key_fix_points: number | null;
  /** State of the newest work handed in; null for a task that the checker grades. */
  work: TaskStateDto['work'] | null;
  /** The student's thread under the task; null: there is none. */
  chat: TaskStateDto['chat'];
  attempts: AttemptRow[];
}

export interface AttemptRow {
  id: string;
  clientId: string;
  hash: string;
  understood: string;
  verdict: AttemptDto['verdict'];
  points: number;
  at: string;
  /** Markdown of the teacher's reply to everybody who answers so. */
  reply: string | null;
}

/** Attempts shown; the rest is counted only. */
const attemptsShown = 50;

/** What the rules ask of a person's work on a task. The attempts of a long task are its accepted works. */
export function factsOf(row: Pick<TaskStateRow, 'solved_at' | 'wrong_count' | 'work' | 'attempts'>): TaskFacts {
  return { solved: row.solved_at !== null, wrongCount: row.wrong_count, graded: row.work !== null && row.attempts.length > 0 };
}

/** What the student may see of the task now. The hint travels only when it is open; the solution never does. */
export function toTaskStateDto(app: App, row: TaskStateRow, fileUrl: FileUrl): TaskStateDto {
  const facts = factsOf(row);
  const terms = {
    hint: row.hint,
    hintAfter: row.hint_after,
    hasSolution: row.has_solution,
    solutionRule: row.solution_rule,
    solutionAfter: row.solution_after,
  };
  return {
    solved: facts.solved,
    bestPoints: row.best_points,
    wrongCount: row.wrong_count,
    attempts: row.attempts.slice(-attemptsShown).map(({ id, understood, verdict, points, at, reply }) => ({
      id,
      understood,
      verdict,
      points,
      at: new Date(at).toISOString(),
      replyHtml: reply === null ? null : app.markdown.render(reply, { fileUrl, idPrefix: `${row.slug}-reply-${id}-` }).html,
    })),
    hintHtml:
      row.hint !== null && hintIsOpen(terms, facts) ? app.markdown.render(row.hint, { fileUrl, idPrefix: `${row.slug}-hint-` }).html : null,
    solution: solutionState(terms, facts),
    // A teacher may have opened it by hand, and what was open once stays open.
    chatLeft: row.chat ? 0 : chatLeft(row.chat_after, facts),
    chat: row.chat,
    keyFixPoints: row.key_fix_points,
    ...(row.work ? { work: row.work } : {}),
  };
}
