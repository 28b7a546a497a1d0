import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { CommentDto, Scores, WorkStateDto } from '#shared/reviews.ts';

export type Criteria = Extract<AnswerSpec, { kind: 'long' }>['criteria'];

/** Empty for a task that has become one of another kind. */
export function criteriaOf(spec: AnswerSpec | null): Criteria {
  return spec?.kind === 'long' ? spec.criteria : [];
}

/**
 * May a student hand in another work? One at a time; as many rounds as a teacher asks for; after an accepted one only what was granted.
 * @param states of all works of the student at the task
 */
export function mayHandIn(states: readonly WorkStateDto[], extra: number): boolean {
  if (states.includes('waiting')) return false;
  const accepted = states.filter((state) => state === 'accepted').length;
  return accepted < 1 + extra;
}

/** Granted works that are not used yet. */
export function extraLeft(states: readonly WorkStateDto[], extra: number): number {
  const accepted = states.filter((state) => state === 'accepted').length;
  return Math.max(0, extra - Math.max(0, accepted - 1));
}

/** Points of a whole grading, or null where a criterion has none, too many, or is none of the task's. */
export function pointsOf(criteria: Criteria, scores: Scores): number | null {
  if (criteria.length === 0 || Object.keys(scores).some((id) => !criteria.some((criterion) => criterion.id === id))) return null;
  let points = 0;
  for (const { id, max } of criteria) {
    const given = scores[id];
    if (given === undefined || given > max) return null;
    points += given;
  }
  return points;
}

/** What of a draft fits the criteria as they are now: an author may have changed them since. */
export function fittingScores(criteria: Criteria, scores: Scores): Scores {
  return Object.fromEntries(criteria.flatMap(({ id, max }) => (scores[id] !== undefined && scores[id] <= max ? [[id, scores[id]]] : [])));
}

export function verdictOf(points: number, max: number): 'right' | 'partly' | 'wrong' {
  if (points <= 0) return 'wrong';
  return points >= max ? 'right' : 'partly';
}

export function commentsFit(text: string, comments: readonly CommentDto[]): boolean {
  return comments.every(({ start, end }) => start < end && end <= text.length && text.slice(start, end).trim() !== '');
}

/** In the order of the text, as they are numbered. */
export function inOrder<T extends { start: number; end: number }>(comments: readonly T[]): T[] {
  return comments.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Somebody is at it. */
export function isHeld(work: { heldBy: string | null; heldUntil: Date | null }, now: Date): boolean {
  return work.heldBy !== null && work.heldUntil !== null && work.heldUntil > now;
}

/** A piece of the text, short enough to stand above a remark. */
export function quoteOf(text: string, { start, end }: { start: number; end: number }): string {
  const piece = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return piece.length > 140 ? `${piece.slice(0, 139).trimEnd()}…` : piece;
}
