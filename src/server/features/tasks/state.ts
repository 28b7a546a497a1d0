import type { AttemptDto, TaskStateDto } from '#shared/tasks.ts';
import type { App } from '../../platform/app.ts';
import type { FileUrl } from '../courses/topic-files.ts';
import { chatLeft, hintIsOpen, solutionState, type TaskTerms } from './rules.ts';

/** Columns of a task's terms and of one person's work on it, for a statement with `k` (task), `c` (course) and the person as $1. */
export const taskStateColumns = `k.hint, k.hint_after, k.solution IS NOT NULL AS has_solution, k.solution_rule, k.solution_after,
  coalesce(k.chat_after, c.chat_after) AS chat_after, p.solved_at, coalesce(p.wrong_count, 0) AS wrong_count, coalesce(p.best_points, 0) AS best_points,
  (SELECT coalesce(json_agg(json_build_object('id', s.id::text, 'clientId', s.client_id, 'hash', s.canonical_hash, 'understood', s.understood,
      'verdict', s.verdict, 'points', s.points, 'at', s.created_at) ORDER BY s.id), '[]')
    FROM submission s WHERE s.person_id = $1 AND s.task_id = k.id) AS attempts`;

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
}

/** Attempts shown; the rest is counted only. */
const attemptsShown = 50;

/** What the student may see of the task now. The hint travels only when it is open; the solution never does. */
export function toTaskStateDto(app: App, row: TaskStateRow, fileUrl: FileUrl): TaskStateDto {
  const facts = { solved: row.solved_at !== null, wrongCount: row.wrong_count };
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
    attempts: row.attempts.slice(-attemptsShown).map(({ id, understood, verdict, points, at }) => ({
      id,
      understood,
      verdict,
      points,
      at: new Date(at).toISOString(),
    })),
    hintHtml:
      row.hint !== null && hintIsOpen(terms, facts) ? app.markdown.render(row.hint, { fileUrl, idPrefix: `${row.slug}-hint-` }).html : null,
    solution: solutionState(terms, facts),
    chatLeft: chatLeft(row.chat_after, facts),
  };
}
