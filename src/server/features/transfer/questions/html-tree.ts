import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse, { fragment: true }).freeze();

/** Elements of HTML that carry no text of a question. */
const dropped = new Set(['script', 'style', 'template', 'noscript', 'head', 'link', 'meta', 'title', 'base']);

/** What a task of ours cannot show: to leave it out in silence would be to ask another question. */
const unreadable = new Set(['iframe', 'object', 'embed', 'video', 'audio', 'canvas', 'svg', 'math', 'input', 'select', 'textarea', 'form']);

export class UnreadableHtml extends Error {}

/** Formulas as other systems write them: `\( … \)`, `\[ … \]`, `$$ … $$`, `[tex] … [/tex]`. */
const formula = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$|\[tex\]([\s\S]+?)\[\/tex\]/g;

/** The HTML of a question, with its formulas as `x-math` elements. */
export function parseHtml(html: string): Root {
  const root = parser.parse(html);
  return { ...root, children: root.children.flatMap((node) => tidied(node)) as RootContent[] };
}

/** Text without any markup: lines stay lines, empty ones part paragraphs. */
export function parsePlain(text: string): Root {
  const paragraphs = text.split(/\n\s*\n/).filter((part) => part.trim() !== '');
  const lines = (part: string) =>
    part
      .trim()
      .split('\n')
      .flatMap((line, at): ElementContent[] => [...(at === 0 ? [] : [element('br', [])]), ...withFormulas(line)]);
  return { type: 'root', children: paragraphs.map((part) => element('p', lines(part))) };
}

function tidied(node: RootContent | ElementContent): (RootContent | ElementContent)[] {
  if (node.type === 'text') return withFormulas(node.value);
  if (node.type !== 'element') return [];
  if (dropped.has(node.tagName)) return [];
  if (unreadable.has(node.tagName)) throw new UnreadableHtml(node.tagName);
  if (node.tagName === 'sup' || node.tagName === 'sub') return [element('x-math', [{ type: 'text', value: raised(node) }])];
  return [{ ...node, children: node.children.flatMap((child) => tidied(child)) as ElementContent[] }];
}

function withFormulas(text: string): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const match of text.matchAll(formula)) {
    const [whole, inline, bracketed, doubled, tagged] = match;
    if (match.index > from) parts.push({ type: 'text', value: text.slice(from, match.index) });
    const value = (inline ?? bracketed ?? doubled ?? tagged ?? '').trim();
    parts.push(element('x-math', [{ type: 'text', value }], inline === undefined && tagged === undefined));
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}

/** «x²» must not become «x2». */
function raised({ tagName, children }: Element): string {
  const text = textOf(children);
  return `${tagName === 'sup' ? '^' : '_'}{${/^[\x20-\x7e]*$/.test(text) ? text.replace(/[\\{}$%#&~^_]/g, '\\$&') : `\\text{${text.replace(/[\\{}$%#&~^_]/g, ' ')}}`}}`;
}

export function textOf(nodes: (RootContent | ElementContent)[]): string {
  return nodes.map((node) => (node.type === 'text' ? node.value : node.type === 'element' ? textOf(node.children) : '')).join('');
}

function element(tagName: string, children: ElementContent[], isDisplay = false): Element {
  return { type: 'element', tagName, properties: isDisplay ? { dataDisplay: 'yes' } : {}, children };
}
