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

/**
 * What makes Markdown slow or its HTML huge: the square of these signs in one paragraph, of lines that lean on the line before, of lists in lists; a
 * cell for every column in every row of a table; a page of markup for every formula. No text that a person means comes near.
 */
const most = { signsOfParagraph: 600, lines: 1200, dollars: 1500, columns: 20, depth: 8, indent: 80 };
const signs = /[*_~[\]<!`&]/g;
/** All that opens lists and quotations at the beginning of a line. Its alternatives begin differently, so there is one way to read a line. */
const openings = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
/** A formula may name others: a few signs become megabytes. */
const namesFormulas = /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|long)(?![a-z])/i;

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** To be shown as it was typed: a student's text comes from anybody, and pages are served by the process that renders it. */
export function isDense(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return (
    lines.length > most.lines ||
    countOf(text, /\$/g) > most.dollars ||
    namesFormulas.test(text) ||
    lines.some(isDenseLine) ||
    text.split(/\n[ \t]*\n/).some((paragraph) => countOf(paragraph, signs) > most.signsOfParagraph)
  );
}

function isDenseLine(line: string): boolean {
  const opening = openings.exec(line)?.[0] ?? '';
  return countOf(line, /\|/g) > most.columns || opening.length > most.indent || countOf(opening, /[-+*>]|\d+/g) > most.depth;
}

/** A piece of the text, short enough to stand above a remark. */
export function quoteOf(text: string, { start, end }: { start: number; end: number }): string {
  const piece = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return piece.length > 140 ? `${piece.slice(0, 139).trimEnd()}…` : piece;
}
