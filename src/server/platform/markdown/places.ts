import type { Element, ElementContent, Parents, Root, Text } from 'hast';

/** A numbered remark on a piece of the source, in UTF-16 units. */
export interface Mark {
  number: number;
  start: number;
  end: number;
}

type Raw = { type: 'raw'; value: string };
type Piece = ElementContent | Raw;

/** What is one thing for a reader: no remark goes into the middle of a formula or a block of code. */
const whole = new Set(['pre', 'code', 'img', 'input']);

/**
 * Notes on a sanitised tree, in place, where in the source each piece of text stands (`data-at`, `data-to`), and sets remarks into it. A line
 * end is kept as one: who writes a solution means every line.
 */
export function markPlaces(root: Root, source: string, marks: readonly Mark[], idPrefix: string): void {
  const begun = new Set<number>();

  function visit(parent: Parents): void {
    const children = parent.children as ElementContent[];
    parent.children = children.flatMap((child): Piece[] => {
      if (child.type === 'text') return splitText(child);
      if (child.type !== 'element') return [child];
      const at = child.position?.start.offset;
      const to = child.position?.end.offset;
      if (whole.has(child.tagName) && at !== undefined && to !== undefined) return place(at, to, [child], child.tagName === 'pre');
      visit(child);
      return [child];
    }) as typeof parent.children;
  }

  function splitText(text: Text): Piece[] {
    const at = text.position?.start.offset;
    const to = text.position?.end.offset;
    if (at === undefined || to === undefined) return [text];
    // What was escaped or indented is shorter here than in the source: such a piece is taken whole.
    if (source.slice(at, to) !== text.value) return place(at, to, withBreaks(text.value), false);
    const cuts = new Set([at, to]);
    for (const mark of marks) for (const edge of [mark.start, mark.end]) if (edge > at && edge < to) cuts.add(edge);
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(1).flatMap((end, i) => {
      const start = edges[i] ?? at;
      return linesOf(source.slice(start, end), start).flatMap(({ value, from, broken }) => [
        ...(broken ? [element('br', {}, [])] : []),
        ...(value === '' ? [] : place(from, from + value.length, [{ type: 'text', value }], false, value)),
      ]);
    });
  }

  function place(at: number, to: number, children: Piece[], block: boolean, exact?: string): Piece[] {
    const on = marks.filter((mark) => mark.start < to && mark.end > at);
    const inner = element(block ? 'div' : 'span', { dataAt: at, dataTo: to, ...(exact === undefined ? { dataWhole: '' } : {}) }, children);
    if (on.length === 0) return [inner];
    const first = on.find(({ number }) => !begun.has(number));
    for (const { number } of on) begun.add(number);
    // The prefix is set by `decorate`, as before every id.
    const id = first ? { id: `place-${first.number}` } : {};
    const marked = element(block ? 'div' : 'mark', { ...id, className: ['md-mark'], dataMark: on.map(({ number }) => number).join(' ') }, [
      inner,
    ]);
    return [marked, ...on.filter(({ end }) => end <= to).map(({ number }) => numberOf(number, idPrefix))];
  }

  visit(root);
}

/** Where the words of a remark stand, beside the text; its place in the text is `<prefix>_place-<number>`. */
export const noteId = (idPrefix: string, number: number): string => `${idPrefix}_note-${number}`;

/** Written out by hand: a link of the tree would be taken for one of the author. */
function numberOf(number: number, idPrefix: string): Raw {
  return { type: 'raw', value: `<sup class="md-mark-number"><a href="#${noteId(idPrefix, number)}">${number}</a></sup>` };
}

function linesOf(text: string, at: number): { value: string; from: number; broken: boolean }[] {
  let from = at;
  return text.split('\n').map((value, i) => {
    const line = { value, from, broken: i > 0 };
    from += value.length + 1;
    return line;
  });
}

function withBreaks(text: string): ElementContent[] {
  return text.split('\n').flatMap((value, i): ElementContent[] => [...(i > 0 ? [element('br', {}, [])] : []), { type: 'text', value }]);
}

function element(tagName: string, properties: Element['properties'], children: Piece[]): Element {
  return { type: 'element', tagName, properties, children: children as ElementContent[] };
}
