import { type LinearText, linearOf } from './linear.ts';
import { readable } from './readable.ts';
import { type Lines, safeTree } from './safe-tree.ts';

/** Markdown as the text part of a letter: no signs of Markdown, addresses behind what they are the address of. Never throws. */
export function toPlainText(markdown: string, { siteUrl, lines = 'joined' }: { siteUrl: string; lines?: Lines }): string {
  const source = readable(markdown);
  const tree = safeTree(source, lines);
  return tree ? withQuoteSigns(linearOf(tree, { siteUrl, plain: true })) : source.trim();
}

/** As letters have always quoted. */
function withQuoteSigns({ text, marks }: LinearText): string {
  let signed = '';
  let from = 0;
  for (const { kind, start, end } of marks) {
    if (kind !== 'blockquote') continue;
    signed += text.slice(from, start) + text.slice(start, end).replace(/^/gm, '> ').replace(/ $/gm, '');
    from = end;
  }
  return signed + text.slice(from);
}
