/** How the answer of each kind is written in one cell of a table, or in several of another system. */
import type { AnswerKind } from '#shared/task-keys.ts';
import type { HeadLine } from './source-writer.ts';

interface AnswerCells {
  key: string;
  options: string;
  tolerance: string;
}

/** The lines of the front matter that say what is right. What makes no sense is left as it is: the parser of tasks says why. */
export function answerHead(kind: AnswerKind, { key, options, tolerance }: AnswerCells): HeadLine[] {
  const close: HeadLine = { key: 'tolerance', value: tolerance, column: 'tolerance' };
  const written: HeadLine = { key: 'key', value: key, column: 'key' };
  // What does not go with the kind is refused by the parser, where it stands.
  const strays =
    options.trim() === ''
      ? []
      : [{ key: 'options', value: Object.fromEntries(optionsOf(options).map(({ id, text }) => [id, text])), column: 'options' as const }];
  switch (kind) {
    case 'number':
    case 'sequence':
    case 'set':
      return [written, close, ...strays];
    case 'word':
      return [{ ...written, value: key.trim() === '' ? null : piecesOf(key) }, close, ...strays];
    case 'cells':
      return [{ ...written, value: rowsOf(key) }, close, ...strays];
    case 'long':
      return [written, { key: 'criteria', value: criteriaOf(options), column: 'options' }, close];
    case 'choice':
      return [{ ...written, value: idOf(key, optionsOf(options)) }, ...strays, close];
    case 'choices':
      return [{ ...written, value: idsOf(key, optionsOf(options)) }, ...strays, close];
  }
}

interface Option {
  id: string;
  label: string;
  text: string;
}

/** One option a line. Numbers or letters before them are their names; without any they are numbered. */
export function optionsOf(cell: string): Option[] {
  const lines = cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const labelled = lines.map((line) => /^(\p{L}|\d{1,2})[).]\s+(.*)$/u.exec(line));
  const labels = labelled.map((match) => match?.[1]?.toLowerCase() ?? '');
  const isLabelled = labels.every((label) => label !== '') && new Set(labels).size === labels.length;
  return lines.map((line, place) => {
    const label = isLabelled ? (labels[place] ?? '') : String(place + 1);
    const id = /^([a-z]|\d+)$/.test(label) ? label : String(place + 1);
    return { id, label, text: isLabelled ? (labelled[place]?.[2] ?? '') : line };
  });
}

/** The name of an option, or its text. */
function idOf(answer: string, options: Option[]): string {
  const typed = answer.trim();
  const label = typed.toLowerCase().replace(/[).]$/, '');
  return options.find((option) => option.label === label)?.id ?? options.find(({ text }) => text === typed)?.id ?? typed;
}

/** `1, 3`, `1 3`, `13`, or texts with «;» between them. */
function idsOf(answer: string, options: Option[]): string[] {
  const isText = piecesOf(answer).some((piece) => options.some(({ text }) => text === piece));
  const pieces = isText ? piecesOf(answer) : answer.split(/[\s,;]+/).filter((piece) => piece !== '');
  const [only] = pieces;
  const letters = pieces.length === 1 && only !== undefined && !options.some(({ label }) => label === only.toLowerCase()) ? [...only] : [];
  const isRun = letters.length > 1 && letters.every((letter) => options.some(({ label }) => label === letter.toLowerCase()));
  return (isRun ? letters : pieces).map((piece) => idOf(piece, options));
}

/** `первый; 1-й`, or each on a line of its own. */
export function piecesOf(cell: string): string[] {
  return cell
    .split(/[;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** A row of numbers a line, with spaces or «;» between them. */
function rowsOf(cell: string): string[][] | null {
  const rows = cell.split('\n').map((row) => row.split(/[\s;]+/).filter((number) => number !== ''));
  const filled = rows.filter((row) => row.length > 0);
  return filled.length > 0 ? filled : null;
}

/** `2 – Обоснованно получен верный ответ`: most points first. */
function criteriaOf(cell: string): { [key: string]: string }[] | null {
  const lines = cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return null;
  return lines.map((line, place) => {
    const [, max, title] = /^(\d{1,2})\s*[–—:.)-]\s*(.+)$/.exec(line) ?? [];
    return { id: `K${place + 1}`, title: title ?? line, ...(max === undefined ? {} : { max }) };
  });
}
