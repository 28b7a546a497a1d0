/** How many steps a search takes by backtracking, as engines do it: the same count on every machine, however busy it is. */
import type { Node } from './parse.ts';

type Next = (at: number) => boolean;

class TooMany extends Error {}

/** @returns steps until the search has found or given up; `most` where it would take more */
export function stepsOf(tree: Node, flags: string, text: string, most: number): number {
  // By characters: halves of pairs are matched by nothing we write.
  const letters = [...text];
  const groups = new Map<number | string, string>();
  let steps = 0;
  const multiline = flags.includes('m');

  function edge(source: string, at: number): boolean {
    if (source === '^') return at === 0 || (multiline && letters[at - 1] === '\n');
    if (source === '$') return at === letters.length || (multiline && letters[at] === '\n');
    const isWord = (index: number) => /^\w$/.test(letters[index] ?? '');
    return (isWord(at - 1) !== isWord(at)) === (source === '\\b');
  }

  function sequence(items: Node[], index: number, at: number, next: Next): boolean {
    const item = items[index];
    return item ? run(item, at, (after) => sequence(items, index + 1, after, next)) : next(at);
  }

  function repeat(node: Node & { kind: 'repeat' }, times: number, at: number, next: Next): boolean {
    const more = () =>
      times < node.max && run(node.body, at, (after) => (after > at || times < node.min) && repeat(node, times + 1, after, next));
    if (times < node.min) return more();
    return node.lazy ? next(at) || more() : more() || next(at);
  }

  /** What stands behind is looked for from every place before: engines do it backwards, in as many steps at most. */
  function look(node: Node & { kind: 'look' }, at: number): boolean {
    if (node.ahead) return run(node.body, at, () => true) === node.wanted;
    let found = false;
    for (let from = at; from >= Math.max(0, at - 3) && !found; from -= 1) found = run(node.body, from, (after) => after === at);
    return found === node.wanted;
  }

  function run(node: Node, at: number, next: Next): boolean {
    steps += 1;
    if (steps > most) throw new TooMany();
    switch (node.kind) {
      case 'one':
        return at < letters.length && node.fits(letters[at] ?? '') && next(at + 1);
      case 'sequence':
        return sequence(node.items, 0, at, next);
      case 'choice':
        return node.options.some((option) => run(option, at, next));
      case 'group':
        return run(node.body, at, (after) => {
          const before = groups.get(node.number);
          for (const key of [node.number, node.name]) if (key !== null) groups.set(key, letters.slice(at, after).join(''));
          if (next(after)) return true;
          if (before !== undefined) groups.set(node.number, before);
          return false;
        });
      case 'repeat':
        return repeat(node, 0, at, next);
      case 'look':
        return look(node, at) && next(at);
      case 'again': {
        const given = [...(groups.get(node.group) ?? '')];
        return given.every((letter, index) => letters[at + index] === letter) && next(at + given.length);
      }
      case 'edge':
        return edge(node.source, at) && next(at);
    }
  }

  try {
    const starts = flags.includes('y') ? [0] : letters.keys();
    for (const start of starts) if (run(tree, start, () => true)) break;
    return steps;
  } catch (error) {
    if (error instanceof TooMany) return most;
    throw error;
  }
}
