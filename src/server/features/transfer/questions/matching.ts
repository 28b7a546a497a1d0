import type { PhrasingContent, TableRow } from 'mdast';
import { NoCounterpart } from './no-counterpart.ts';
import type { HeadLine } from './source-writer.ts';
import { type ForeignText, type Pictures, toInline, writeInline, writeMarkdown } from './to-markdown.ts';

/** The letters of exam forms: no Ё, no Й. */
const letters = [...'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШ'];
const mostRights = 9;

interface Pair {
  left: ForeignText | null;
  right: ForeignText;
}

/** Pairs to be found become letters and digits, the way exams ask for them: a table, and the digits in the order of the letters. */
export function matchingTask(pairs: Pair[], pictures: Pictures): { head: HeadLine[]; extra: string } {
  const cells = pairs.map(({ left, right }) => ({ left: left ? cellOf(left, pictures) : null, right: cellOf(right, pictures) }));
  // In the order of the alphabet: in the order of the file the answer would always be 1234.
  const rights = [...new Map(cells.map(({ right }) => [right.text, right])).values()].sort((a, b) => a.text.localeCompare(b.text, 'ru'));
  const lefts = cells.flatMap(({ left, right }) =>
    left ? [{ left, digit: rights.findIndex(({ text }) => text === right.text) + 1 }] : [],
  );
  if (lefts.length < 2 || rights.length < 2 || rights.length > mostRights || lefts.length > letters.length) {
    throw new NoCounterpart({ code: 'question-pairs' });
  }
  const named = lefts.map(({ left }, at) => labelled(`${letters[at]}) `, left.line));
  const numbered = rights.map(({ line }, at) => labelled(`${at + 1}) `, line));
  const rows = Array.from({ length: Math.max(named.length, numbered.length) }, (_, at) => rowOf(named[at] ?? [], numbered[at] ?? []));
  const head = rowOf([{ type: 'text', value: 'Буквы' }], [{ type: 'text', value: 'Цифры' }]);
  const table = writeMarkdown({ type: 'root', children: [{ type: 'table', align: [null, null], children: [head, ...rows] }] });
  const order = letters.slice(0, lefts.length).join('');
  return {
    head: [
      { key: 'kind', value: 'sequence', column: 'kind' },
      { key: 'key', value: lefts.map(({ digit }) => digit).join(''), column: 'key' },
      { key: 'length', value: String(lefts.length), column: 'key' },
    ],
    extra: `${table}\n\nЗапишите цифры в порядке букв ${order}.`,
  };
}

function cellOf(text: ForeignText, pictures: Pictures): { text: string; line: PhrasingContent[] } {
  const line = toInline(text, pictures);
  if (!line) throw new NoCounterpart({ code: 'question-unreadable' });
  return { text: writeInline(line), line: line.map(withoutBars) };
}

/** A bar in a formula would end the cell. */
function withoutBars(node: PhrasingContent): PhrasingContent {
  if (node.type === 'inlineMath') return { ...node, value: node.value.replace(/\\\|/g, '\\Vert ').replaceAll('|', '\\vert ') };
  if ('children' in node) return { ...node, children: node.children.map(withoutBars) } as PhrasingContent;
  return node;
}

function labelled(label: string, line: PhrasingContent[]): PhrasingContent[] {
  return [{ type: 'text', value: label }, ...line];
}

function rowOf(...cells: PhrasingContent[][]): TableRow {
  return { type: 'tableRow', children: cells.map((children) => ({ type: 'tableCell', children })) };
}
