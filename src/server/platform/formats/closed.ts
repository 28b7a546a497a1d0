import { isDenseMessage } from '../markdown/dense.ts';
import { parseMarkdown } from '../markdown/parse.ts';

/**
 * A text to which another may be joined: a program or a formula on lines of its own that nobody closed ends here. The parser finds it, since a fence in a
 * list or a quotation ends with that.
 */
export function closed(markdown: string): string {
  // Such a text is shown as it was typed.
  if (isDenseMessage(markdown)) return markdown;
  const last = parseMarkdown(markdown).children.at(-1);
  if ((last?.type !== 'code' && last?.type !== 'math') || !last.position) return markdown;
  const lines = markdown.slice(last.position.start.offset, last.position.end.offset).split('\n');
  const fence = /^(?:`{3,}|~{3,}|\${2,})/.exec(lines[0] ?? '')?.[0];
  if (fence === undefined) return markdown;
  const end = lines.length > 1 ? (lines.at(-1)?.trim() ?? '') : '';
  return end.length >= fence.length && end === fence.charAt(0).repeat(end.length) ? markdown : `${markdown}\n${fence}`;
}
