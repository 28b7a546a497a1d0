import type { LinearText, TextMark } from './linear.ts';

/** Past these Telegram ignores the marks. */
const mostEntities = 100;

const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' });

/** A stretch of text under the same marks, the outer first. */
export interface Stretch {
  start: number;
  end: number;
  marks: readonly TextMark[];
}

/**
 * The stretches of a text in order. Telegram's rules are applied here: nothing stands inside a program or a piece of code, and a program is not
 * inside a quotation; a link stays a link.
 */
export function stretchesOf({ text, marks: given }: Pick<LinearText, 'text' | 'marks'>): Stretch[] {
  const marks = withoutPrograms(text, given);
  const borders = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  let open: TextMark[] = [];
  let next = 0;
  marks.sort((a, b) => a.start - b.start);
  for (const [index, start] of borders.entries()) {
    const end = borders[index + 1];
    if (end === undefined) break;
    open = open.filter((mark) => mark.end > start);
    for (let mark = marks[next]; mark !== undefined && mark.start === start; mark = marks[next]) {
      open.push(mark);
      next += 1;
    }
    stretches.push({ start, end, marks: allowed(open) });
  }
  return stretches;
}

/** A quotation around a program becomes two, before and after it, without the empty lines between. */
function withoutPrograms(text: string, marks: readonly TextMark[]): TextMark[] {
  const programs = marks.filter(({ kind }) => kind === 'pre');
  return marks.flatMap((mark) => {
    if (mark.kind !== 'blockquote') return [mark];
    const inside = programs.filter(({ start, end }) => start >= mark.start && end <= mark.end);
    const borders = [mark.start, ...inside.flatMap(({ start, end }) => [start, end]), mark.end];
    const parts: TextMark[] = [];
    for (let place = 0; place < borders.length; place += 2) {
      let [start = 0, end = 0] = borders.slice(place, place + 2);
      while (start < end && /\s/.test(text.charAt(start))) start += 1;
      while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
      if (start < end) parts.push({ ...mark, start, end });
    }
    return parts;
  });
}

function allowed(open: readonly TextMark[]): readonly TextMark[] {
  const program = open.find(({ kind }) => kind === 'pre');
  if (program) return [program];
  const code = open.find(({ kind }) => kind === 'code');
  if (!code) return [...open];
  const link = open.some(({ kind }) => kind === 'a');
  return link ? open.filter(({ kind }) => kind !== 'code') : open.filter(({ kind }) => kind === 'code' || kind === 'blockquote');
}

/** Where the pieces begin and end. @param room most units of a piece */
export function cut(text: string, stretches: readonly Stretch[], room: number): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let start = skipped(text, stretches, 0);
  while (start < text.length) {
    const limit = Math.min(start + room, endOfEntities(stretches, start));
    const end = limit >= text.length ? text.length : bestCut(text, start, limit);
    const shown = trimmedEnd(text, start, end);
    if (isVisible(text.slice(start, shown))) pieces.push({ start, end: shown });
    start = skipped(text, stretches, end);
  }
  return pieces;
}

/** At the last empty line, line end or space before the limit, if that leaves no piece nearly empty; else between two signs as people see them. */
function bestCut(text: string, start: number, limit: number): number {
  const half = start + (limit - start) / 2;
  // The sign behind the limit may be the space that ends the last word.
  const window = text.slice(start, limit + 1);
  for (const [pattern, least] of [
    [/\n\n/g, half],
    [/\n/g, half],
    [/[ \n\t]/g, start],
  ] as const) {
    let best = -1;
    for (const { index } of window.matchAll(pattern)) if (isBorder(window, index)) best = start + index;
    if (best > least) return best;
  }
  return betweenSigns(text, start, limit);
}

/** Not before a mark that belongs to the sign in front of it. */
function isBorder(window: string, index: number): boolean {
  return !/^(?:\p{M}|\u200d)/u.test(window.slice(index + 1));
}

function betweenSigns(text: string, start: number, limit: number): number {
  // One more sign than fits, so that the segmenter sees what the last one is followed by.
  const window = text.slice(start, limit + 64);
  const found = graphemes.segment(window).containing(limit - start);
  if (found && found.index > 0) return start + found.index;
  // One sign larger than a message: it is cut, but not within a surrogate pair.
  return /[\udc00-\udfff]/.test(text.charAt(limit)) ? limit - 1 : limit;
}

/** The place at which the hundred and first entity would begin. */
function endOfEntities(stretches: readonly Stretch[], start: number): number {
  let entities = 0;
  let open: readonly TextMark[] = [];
  for (const stretch of stretches) {
    if (stretch.end <= start) continue;
    entities += stretch.marks.filter((mark, depth) => open[depth] !== mark).length;
    if (entities > mostEntities) return stretch.start;
    open = stretch.marks;
  }
  return Number.POSITIVE_INFINITY;
}

/** White space at the beginning of a piece is nothing, but in a program it is indentation: there only the line end goes. */
function skipped(text: string, stretches: readonly Stretch[], from: number): number {
  const inProgram = stretches.some(({ start, end, marks }) => start < from && from < end && marks[0]?.kind === 'pre');
  if (inProgram) return text.charAt(from) === '\n' ? from + 1 : from;
  let place = from;
  while (/^[ \n\t]$/.test(text.charAt(place))) place += 1;
  return place;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let place = end;
  while (place > start && /[ \n\t]/.test(text.charAt(place - 1))) place -= 1;
  return place;
}

/** Telegram refuses a message of spaces and signs that nobody sees. */
function isVisible(text: string): boolean {
  return /[^\p{C}\p{Z}\p{M}\s\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}
