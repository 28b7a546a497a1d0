import type { AnswerValue } from '#shared/answers/format.ts';
import type { ExamAnswerDto, SyncInput } from '#shared/exams.ts';

type Value = AnswerValue | null;

/** What was changed here and is not on the server yet. */
interface Change {
  /** The answer's `rev` that it was made upon. */
  baseRev: number;
  /** Left out: only the marks were changed. */
  value?: Value;
  flagged?: boolean;
  seen?: true;
  /** Values that went out and whose acknowledgement never came: should one of them stand on the server, it is our own. */
  sent: Value[];
}

/** One answer as this browser keeps it: what the server has, what was changed here, and what both sides have to be chosen from. */
export interface KeptAnswer {
  answer: ExamAnswerDto;
  change: Change | null;
  /** Typed here while another device changed the same answer; waits for the person's choice. */
  mine: { value: Value } | null;
}

/** What is seen of it. */
export interface ShownAnswer {
  value: Value;
  flagged: boolean;
  seen: boolean;
  /** Photos and files of a long answer. */
  files: number;
  /** Changed here, not on the server yet. */
  unsaved: boolean;
  /** What another device has typed, where one of the two has to be chosen. */
  theirs: { value: Value } | null;
}

/** While the connection is bad each try may carry another value, and any of them may have arrived: at a try every 15 s, those of half an hour. */
const rememberedSends = 120;
/** Of long texts fewer, for the device has room for five million signs. */
const rememberedSigns = 200_000;
const rememberedAnyhow = 8;

export function untouched(taskId: string): KeptAnswer {
  return { answer: { taskId, rev: 0, value: null, flagged: false, seen: false }, change: null, mine: null };
}

export function shownAnswer({ answer, change, mine }: KeptAnswer): ShownAnswer {
  return {
    value: mine ? mine.value : change?.value !== undefined ? change.value : answer.value,
    flagged: change?.flagged ?? answer.flagged,
    seen: change?.seen ?? answer.seen,
    files: answer.files ?? 0,
    unsaved: change !== null || mine !== null,
    theirs: mine ? { value: answer.value } : null,
  };
}

export function withValue(kept: KeptAnswer, value: Value): KeptAnswer {
  if (kept.mine) return { ...kept, mine: { value } };
  return { ...kept, change: { ...changeOf(kept), value } };
}

export function withMarks(kept: KeptAnswer, marks: { flagged?: boolean; seen?: true }): KeptAnswer {
  return { ...kept, change: { ...changeOf(kept), ...marks } };
}

/** Of two answers one: the own one goes out upon the other, or is given up. */
export function chosen(kept: KeptAnswer, side: 'mine' | 'theirs'): KeptAnswer {
  if (!kept.mine) return kept;
  const settled: KeptAnswer = { ...kept, mine: null };
  return side === 'mine' ? withValue(settled, kept.mine.value) : settled;
}

/** As it goes over the wire; null: nothing to send. */
export function toSend({ answer, change }: KeptAnswer): SyncInput['changes'][number] | null {
  if (!change) return null;
  const { baseRev, value, flagged, seen } = change;
  return {
    taskId: answer.taskId,
    baseRev,
    ...(value === undefined ? {} : { value }),
    ...(flagged === undefined ? {} : { flagged }),
    ...(seen === undefined ? {} : { seen }),
  };
}

export function noteSent(kept: KeptAnswer): KeptAnswer {
  const { change } = kept;
  if (change?.value === undefined || change.sent.some((value) => same(value, change.value))) return kept;
  return { ...kept, change: { ...change, sent: newest([...change.sent, change.value]) } };
}

function newest(sent: Value[]): Value[] {
  let signs = 0;
  const from = sent.findLastIndex((value, at) => {
    signs += JSON.stringify(value).length;
    const age = sent.length - at;
    return age > rememberedSends || (age > rememberedAnyhow && signs > rememberedSigns);
  });
  return sent.slice(from + 1);
}

/** The server took exactly what was sent. What was typed since stays a change, now upon that. */
export function saved(kept: KeptAnswer, sent: SyncInput['changes'][number]): KeptAnswer {
  const { change } = kept;
  if (!change) return kept;
  return tidy({
    ...kept,
    answer: {
      ...kept.answer,
      ...(sent.value === undefined ? {} : { value: sent.value }),
      flagged: sent.flagged ?? kept.answer.flagged,
      seen: sent.seen ?? kept.answer.seen,
    },
    change: { ...change, baseRev: kept.answer.rev, sent: [] },
  });
}

/**
 * What the server has now. An answer that somebody else changed meanwhile is never written over, on neither side: `mine` is set aside and
 * the person chooses. `held`: the field has the focus and was changed here, so nothing may change under the hands.
 */
export function merged(kept: KeptAnswer, told: ExamAnswerDto, held = false): KeptAnswer {
  if (told.rev < kept.answer.rev) return kept;
  // Not everybody who tells of an answer tells of its photos.
  const answer: ExamAnswerDto = { ...told, files: told.files ?? kept.answer.files };
  const { change, mine } = kept;
  if (mine) {
    const rebased: KeptAnswer = { answer, change: change && { ...change, baseRev: answer.rev }, mine };
    return same(mine.value, answer.value) ? tidy({ ...rebased, mine: null }) : tidy(rebased);
  }
  const changedThere = !same(answer.value, kept.answer.value);
  if (change?.value === undefined) {
    const aside = held && changedThere ? { value: kept.answer.value } : null;
    return tidy({ answer, change: change && { ...change, baseRev: answer.rev }, mine: aside });
  }
  const own = !changedThere || change.sent.some((value) => same(value, answer.value)) || same(change.value, answer.value);
  if (own) return tidy({ answer, change: { ...change, baseRev: answer.rev }, mine: null });
  const { value, ...marks } = change;
  return tidy({ answer, change: { ...marks, baseRev: answer.rev, sent: [] }, mine: { value } });
}

/** Refused as a conflict though nothing newer came along: the next attempt is made upon what is known. */
export function rebased(kept: KeptAnswer): KeptAnswer {
  return kept.change ? tidy({ ...kept, change: { ...kept.change, baseRev: kept.answer.rev } }) : kept;
}

/** Something stands there: text, a choice, a cell, or a photo of a long answer. */
export function isAnswered({ value, files }: Pick<ShownAnswer, 'value' | 'files'>): boolean {
  return !isBlank(value) || files > 0;
}

/** Nothing was entered: no text, no option, no cell. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.every(isBlank);
}

function changeOf({ answer, change }: KeptAnswer): Change {
  return change ?? { baseRev: answer.rev, sent: [] };
}

/** What is as the server has it is no change, unless a value went out of which nothing was heard. Only to be called with the server's word. */
function tidy(kept: KeptAnswer): KeptAnswer {
  const { answer, change } = kept;
  if (!change) return kept;
  const inFlight = change.sent.length > 0 && !change.sent.every((value) => same(value, answer.value));
  const { value, flagged, seen, ...rest } = change;
  const left: Change = {
    ...rest,
    ...(value !== undefined && (inFlight || !same(value, answer.value)) ? { value } : {}),
    ...(flagged !== undefined && flagged !== answer.flagged ? { flagged } : {}),
    ...(seen !== undefined && !answer.seen ? { seen } : {}),
  };
  const nothing = left.value === undefined && left.flagged === undefined && left.seen === undefined;
  return { ...kept, change: nothing ? null : left };
}

/** An emptied field and one that nobody touched hold the same. */
function same(a: Value | undefined, b: Value | undefined): boolean {
  return (isBlank(a) && isBlank(b)) || JSON.stringify(a) === JSON.stringify(b);
}
