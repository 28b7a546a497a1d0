import type { Root as HtmlRoot } from 'hast';
import type { Root as MarkdownRoot, PhrasingContent } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';

/** Characters of formulas in one message: a sign becomes a hundred of HTML. */
export const mostFormulasOfMessage = 2000;

/**
 * Characters of a message's HTML: a page of fifty comes as one answer. The longest program a message has room for, highlighted, needs a half of it; what
 * needs more is made of signs that each become a tag.
 */
export const longestMessageHtml = 100_000;

/**
 * One line of letters, digits and ordinary punctuation: most of what people say to each other. Markdown makes of it a paragraph and nothing else, which
 * can be said without reading it ten times as it does.
 */
export const isPlainLine = (text: string): boolean =>
  /^\p{L}[\p{L}\p{N} .,;:?!()«»–—…№%/+=-]*$/u.test(text) && !/www\.|:\/\/| $/i.test(text);

export function formulaCharacters(tree: MarkdownRoot): number {
  let length = 0;
  visit(tree, (node) => {
    if (node.type === 'math' || node.type === 'inlineMath') length += node.value.length;
  });
  return length;
}

/** A message is no document: lines end where they were ended, and a heading is a line in bold, so that the outline of the page stays the page's. */
export function asMessage(tree: MarkdownRoot): MarkdownRoot {
  visit(tree, (node, index, parent) => {
    if (parent === undefined || index === undefined) return;
    if (node.type === 'heading') {
      parent.children[index] = { type: 'paragraph', children: [{ type: 'strong', children: node.children }] };
      // The new one is looked at next.
      return index;
    }
    if (node.type !== 'text' || !node.value.includes('\n')) return;
    const lines = node.value.split('\n').flatMap((value, place): PhrasingContent[] => {
      const text: PhrasingContent[] = value === '' ? [] : [{ type: 'text', value }];
      return place === 0 ? text : [{ type: 'break' }, ...text];
    });
    parent.children.splice(index, 1, ...lines);
    return [SKIP, index + lines.length];
  });
  return tree;
}

/** What is left of it in a finished tree: the heading of footnotes, and links, which tell search engines that a user wrote them. */
export function finishMessage(tree: HtmlRoot): void {
  visit(tree, 'element', (element) => {
    if (/^h[1-6]$/.test(element.tagName)) element.tagName = 'p';
    const { rel } = element.properties;
    if (element.tagName === 'a' && Array.isArray(rel)) rel.push('ugc');
  });
}
