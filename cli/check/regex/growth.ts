/** Texts made to be slow for an expression, and how fast its steps grow with them: 1 in proportion, 2 by the square, more: nothing holds it. */
import { type Node, parseRegex } from './parse.ts';
import { stepsOf } from './steps.ts';

const most = 150_000;
const common = [...'aя0 \n-_.,:/\\"\'<>[]()*@#=&%|`~^$!?+;{}\t\r\u00a0'];

/** 3 stands for everything above. */
export function growthOf(source: string, flags: string): { degree: number; text: string } {
  const tree = parseRegex(source, flags);
  let worst = { degree: 0, text: '' };
  for (const make of attacksOn(tree)) {
    const [short, long] = [make(24), make(48)];
    const steps = stepsOf(tree, flags, long, most);
    // Below this nothing grows that is worth a word.
    if (steps < 48 * 8) continue;
    const degree = steps >= most ? 3 : Math.log2(steps / stepsOf(tree, flags, short, most));
    if (degree > worst.degree) worst = { degree, text: make(3) };
  }
  return worst;
}

type Attack = (length: number) => string;

/** Something that goes on and on, after what leads there, with an end that does not fit. */
function* attacksOn(tree: Node): Generator<Attack> {
  const pumps = new Set<string>();
  const leads = new Set<string>(['']);
  visit(tree, '', pumps, leads);
  const list = [...pumps].filter((pump) => pump !== '').slice(0, 24);
  for (const pump of list)
    for (const lead of [...leads].slice(0, 6)) for (const end of ['\u0001', '']) yield (length) => lead + pump.repeat(length) + end;
}

/** Collects what repeated parts may consist of, and what stands before them. Returns a text that the node takes. */
function visit(node: Node, before: string, pumps: Set<string>, leads: Set<string>): string {
  switch (node.kind) {
    case 'one':
      return samples(node)[0] ?? '';
    case 'sequence': {
      let text = '';
      for (const item of node.items) text += visit(item, before + text, pumps, leads);
      return text;
    }
    case 'choice':
      return node.options.map((option) => visit(option, before, pumps, leads))[0] ?? '';
    case 'group':
      return visit(node.body, before, pumps, leads);
    case 'look':
      visit(node.body, before, pumps, leads);
      return '';
    case 'repeat': {
      const text = visit(node.body, before, pumps, leads);
      if (node.max > 8) {
        leads.add(before);
        for (const pump of pumpsOf(node.body)) pumps.add(pump);
        pumps.add(text);
      }
      return text.repeat(Math.max(1, Math.min(node.min, 3)));
    }
    case 'again':
    case 'edge':
      return '';
  }
}

/** Texts that one round of a repetition takes. */
function pumpsOf(node: Node): string[] {
  if (node.kind === 'one') return samples(node);
  if (node.kind === 'group' || node.kind === 'repeat') return pumpsOf(node.body);
  if (node.kind === 'choice') return node.options.flatMap((option) => pumpsOf(option).slice(0, 3));
  if (node.kind !== 'sequence') return [];
  const parts = node.items.map((item) => pumpsOf(item)).filter((part) => part.length > 0);
  // The whole of it, and its pieces, which may be taken for each other.
  return [parts.map(([first]) => first).join(''), ...parts.flatMap((part) => part.slice(0, 2))];
}

const samples = (node: Node & { kind: 'one' }): string[] =>
  [...common, ...node.source.replace(/[\\[\]^]/g, '')].filter((letter) => node.fits(letter)).slice(0, 4);
