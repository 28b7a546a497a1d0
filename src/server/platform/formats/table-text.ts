import type { Element } from 'hast';
import { visit } from 'unist-util-visit';

const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' });
const widthOf = (text: string) => [...graphemes.segment(text)].length;
const between = '  ';

/** A table in letters of one width: columns stand under each other, a line of dashes under the head. */
export function tableAsText(table: Element, cellText: (cell: Element) => string): string {
  const rows: { cells: { text: string; align: unknown }[]; head: boolean }[] = [];
  visit(table, 'element', (element) => {
    if (element.tagName !== 'tr') return;
    const cells = element.children.filter((child): child is Element => child.type === 'element');
    rows.push({
      cells: cells.map((cell) => ({ text: cellText(cell).replace(/\s+/g, ' ').trim(), align: cell.properties.align })),
      head: cells[0]?.tagName === 'th',
    });
  });
  const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const widths = Array.from({ length: columns }, (_, place) => Math.max(1, ...rows.map(({ cells }) => widthOf(cells[place]?.text ?? ''))));
  return rows
    .flatMap(({ cells, head }) => {
      const line = widths.map((width, place) => padded(cells[place], width)).join(between);
      return head ? [line, widths.map((width) => '-'.repeat(width)).join(between)] : [line];
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

function padded(cell: { text: string; align: unknown } | undefined, width: number): string {
  const text = cell?.text ?? '';
  const room = width - widthOf(text);
  if (cell?.align === 'right') return ' '.repeat(room) + text;
  if (cell?.align === 'center') return ' '.repeat(Math.floor(room / 2)) + text + ' '.repeat(Math.ceil(room / 2));
  return text + ' '.repeat(room);
}
