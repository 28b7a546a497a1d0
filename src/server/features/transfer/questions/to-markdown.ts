import type { Element, Root as HtmlRoot } from 'hast';
import type { PhrasingContent, Root } from 'mdast';
import rehypeRemark, { type Options } from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { parseMarkdown } from '../../../platform/markdown/parse.ts';
import { parseHtml, parsePlain, textOf } from './html-tree.ts';

/** A text of another system. `pictures` turns an address into `files/<name>`. */
export interface ForeignText {
  format: 'html' | 'plain' | 'markdown';
  text: string;
}
export type Pictures = (address: string) => string;

const options: Options = { handlers: { 'x-math': (_state, node) => mathOf(node) } };
const toTree = unified().use(rehypeRemark, options).freeze();
const writer = unified()
  .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-', listItemIndent: 'one', fences: true })
  .use(remarkGfm)
  .use(remarkMath)
  .freeze();

/** Text of ours that says the same. */
export function toMarkdown(text: ForeignText, pictures: Pictures): string {
  return text.format === 'markdown' ? text.text.trim() : writeMarkdown(treeOf(text, pictures));
}

export function writeMarkdown(tree: Root): string {
  return writer.stringify(tree).trim();
}

/** What fits into one line: an option, a cell. Null where there is more than that, such as a table. */
export function toInline(text: ForeignText, pictures: Pictures): PhrasingContent[] | null {
  const found: PhrasingContent[] = [];
  for (const node of treeOf(text, pictures).children) {
    if (node.type !== 'paragraph' && node.type !== 'math') return null;
    if (found.length > 0) found.push({ type: 'text', value: ' ' });
    if (node.type === 'math') found.push({ type: 'inlineMath', value: node.value });
    else found.push(...node.children.map((child): PhrasingContent => (child.type === 'break' ? { type: 'text', value: ' ' } : child)));
  }
  return found;
}

export function writeInline(line: PhrasingContent[]): string {
  return writeMarkdown({ type: 'root', children: [{ type: 'paragraph', children: line }] }).replace(/(?<!\s)\s*\n\s*/g, ' ');
}

function treeOf({ format, text }: ForeignText, pictures: Pictures): Root {
  if (format === 'markdown') return parseMarkdown(text);
  const html: HtmlRoot = format === 'html' ? parseHtml(text) : parsePlain(text);
  const tree = toTree.runSync(html) as Root;
  visit(tree, (node) => {
    // A task has no headings of level one: they part its sections.
    if (node.type === 'heading' && node.depth === 1) node.depth = 2;
    if (node.type !== 'image') return;
    node.url = pictures(node.url);
    node.title = null;
    if ((node.alt ?? '').trim() === '') node.alt = 'Рисунок к заданию';
  });
  visit(tree, 'paragraph', (node, at, parent) => {
    const [only] = node.children;
    // A formula that stands alone is set on lines of its own.
    if (only?.type !== 'inlineMath' || node.children.length > 1 || !only.data?.display || !parent || at === undefined) return;
    parent.children[at] = { type: 'math', value: only.value };
  });
  return tree;
}

declare module 'mdast-util-math' {
  interface InlineMathData {
    /** It was meant to stand on lines of its own. */
    display?: boolean;
  }
}

function mathOf(node: Element): PhrasingContent {
  return { type: 'inlineMath', value: textOf(node.children), data: { display: node.properties.dataDisplay === 'yes' } };
}
