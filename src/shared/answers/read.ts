import { readDecimal, showDecimal } from './decimal.ts';
import { gridToText, readGrid } from './grid.ts';
import { ANSWER_LIMITS } from './limits.ts';
import { fold, foldSymbols, foldWord } from './normalise.ts';
import type { AnswerFormat, AnswerOption, AnswerValue, FormatProblem } from './shapes.ts';

export type { FormatProblem } from './shapes.ts';

/**
 * `canonical`: two answers are the same answer exactly when these are equal.
 * `understood`: for the line «мы поняли ваш ответ как …»; for options it holds ids, which the caller turns into texts.
 */
export type AnswerReading = { ok: true; canonical: string; understood: string } | { ok: false; problem: FormatProblem };

/**
 * What was answered, whether right or not. Keys are read by this function too: a specification is itself such a format.
 * `spelling` stays on the server, so for a word the browser's reading may differ from the server's, which is the one that counts.
 */
export function readAnswer(format: AnswerFormat & { spelling?: 'strict' | undefined }, value: AnswerValue): AnswerReading {
  if (isTooLong(value)) return refused({ code: 'too-long' });
  switch (format.kind) {
    case 'number':
      return typeof value === 'string' ? readNumber(value) : refused({ code: 'wrong-shape' });
    case 'word':
      return typeof value === 'string' ? readText(foldWord(value, format.spelling)) : refused({ code: 'wrong-shape' });
    case 'choice':
      return typeof value === 'string' ? readOptions(format.options, [value]) : refused({ code: 'wrong-shape' });
    case 'choices':
      return isList(value) ? readOptions(format.options, value) : refused({ code: 'wrong-shape' });
    case 'sequence':
    case 'set':
      return typeof value === 'string' ? readSymbols(format, value) : refused({ code: 'wrong-shape' });
    case 'cells':
      return isTable(value) ? readCells(format, value) : refused({ code: 'wrong-shape' });
    // Handed in to a teacher, not to the checker.
    case 'long':
      return refused({ code: 'wrong-shape' });
  }
}

function readNumber(text: string): AnswerReading {
  const canonical = readDecimal(text);
  if (canonical !== null) return { ok: true, canonical, understood: showDecimal(canonical) };
  return refused(fold(text) === '' ? { code: 'empty' } : { code: 'not-a-number' });
}

function readText(canonical: string): AnswerReading {
  return canonical === '' ? refused({ code: 'empty' }) : { ok: true, canonical, understood: canonical };
}

function readOptions(options: AnswerOption[], given: string[]): AnswerReading {
  const known = new Set(options.map((option) => option.id));
  const chosen = new Set(given.map(fold).filter((id) => id !== ''));
  for (const id of chosen) if (!known.has(id)) return refused({ code: 'unknown-option' });
  return readText([...chosen].sort().join(','));
}

/**
 * In a set a symbol written twice is one too many, and the exam would not give the full score for it. It is hardly ever what was meant
 * either, so it is neither forgiven nor counted as a wrong attempt: the student is asked to look again.
 */
function readSymbols(format: AnswerFormat & { kind: 'sequence' | 'set' }, text: string): AnswerReading {
  const symbols = [...foldSymbols(text, format.alphabet)];
  if (symbols.length === 0) return refused({ code: 'empty' });
  if (format.kind === 'set') {
    symbols.sort();
    const repeated = symbols.find((symbol, i) => symbol === symbols[i - 1]);
    if (repeated !== undefined) return refused({ code: 'repeated-symbols', symbol: repeated });
  }
  if (format.length !== undefined && symbols.length !== format.length) {
    return refused({ code: 'length', needed: format.length, given: symbols.length });
  }
  return readText(symbols.join(''));
}

function readCells(size: { rows: number; cols: number }, value: string[][]): AnswerReading {
  const grid = readGrid(size, value);
  if (!Array.isArray(grid)) return refused(grid);
  const understood = grid.map((cells) => cells.map((cell) => (cell === '' ? '—' : showDecimal(cell))).join(' · ')).join('; ');
  return { ok: true, canonical: gridToText(grid), understood };
}

function refused(problem: FormatProblem): AnswerReading {
  return { ok: false, problem };
}

function isList(value: AnswerValue): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTable(value: AnswerValue): value is string[][] {
  return Array.isArray(value) && value.every((item) => Array.isArray(item));
}

function isTooLong(value: AnswerValue): boolean {
  if (typeof value === 'string') return value.length > ANSWER_LIMITS.textLength;
  if (value.length > Math.max(ANSWER_LIMITS.options, ANSWER_LIMITS.rows)) return true;
  return value.some((item) =>
    typeof item === 'string'
      ? item.length > ANSWER_LIMITS.optionIdLength
      : item.length > ANSWER_LIMITS.cols || item.some((cell) => cell.length > ANSWER_LIMITS.cellLength),
  );
}
