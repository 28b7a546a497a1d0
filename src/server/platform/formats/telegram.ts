/**
 * Markdown as messages of Telegram: pieces of HTML that Telegram accepts whatever was typed, none longer than it takes, every tag closed where a
 * piece ends and opened again in the next.
 */
import { escapeHtml } from '../markdown/text.ts';
import { type LinearText, linearOf, type MarkKind, type TextMark } from './linear.ts';
import { readable } from './readable.ts';
import { type Lines, safeTree } from './safe-tree.ts';
import { cut, type Stretch, stretchesOf } from './telegram-cut.ts';

/** Characters that are seen, in UTF-16 units, as Telegram counts. */
export const telegramLimits = { text: 4096, caption: 1024 } as const;

export interface TelegramOptions {
  /** Links to pages of the school are made absolute with it. */
  siteUrl: string;
  /** `kept` for what was typed into a chat. Default `joined`. */
  lines?: Lines;
  /** Stands in bold over the text: plain, not Markdown. */
  title?: string;
  /** A line of our own under the text, plain too. */
  hint?: string;
  /** Most units of a piece, where something is to stand below it. Default 4096. */
  room?: number;
}

export interface TelegramPiece {
  /** For `parse_mode: 'HTML'`. */
  html: string;
  /** What is seen, in UTF-16 units. */
  length: number;
}

/** Never throws, whatever the text. No pieces where nothing would be seen. */
export function toTelegram(markdown: string, options: TelegramOptions): { pieces: TelegramPiece[] } {
  const linear = linearTelegram(markdown, options);
  const stretches = stretchesOf(linear);
  const pieces = cut(linear.text, stretches, options.room ?? telegramLimits.text).map(({ start, end }) => ({
    html: htmlOf(linear.text, stretches, start, end),
    length: end - start,
  }));
  return { pieces };
}

/** Visible units of the whole text, as `toTelegram` would send it: what a counter under a field shows. */
export function telegramLength(markdown: string, options: Omit<TelegramOptions, 'room'>): number {
  return linearTelegram(markdown, options).text.length;
}

function linearTelegram(markdown: string, { siteUrl, lines = 'joined', title, hint }: TelegramOptions): LinearText {
  const source = readable(markdown);
  const tree = safeTree(source, lines);
  const body = tree ? linearOf(tree, { siteUrl }) : { text: source.trim(), marks: [] };
  // Last: what a phone shows of it first is what somebody wrote.
  return stacked([lineOf(title, 'b'), body, lineOf(hint, 'i')]);
}

function lineOf(text: string | undefined, kind: MarkKind): LinearText {
  const shown = readable(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return { text: shown, marks: shown === '' ? [] : [{ kind, start: 0, end: shown.length }] };
}

/** Texts one under another, with a blank line between. */
function stacked(texts: readonly LinearText[]): LinearText {
  const whole: LinearText = { text: '', marks: [] };
  for (const { text, marks } of texts) {
    if (text === '') continue;
    if (whole.text !== '') whole.text += '\n\n';
    const at = whole.text.length;
    whole.marks.push(...marks.map((mark) => ({ ...mark, start: mark.start + at, end: mark.end + at })));
    whole.text += text;
  }
  return whole;
}

function htmlOf(text: string, stretches: readonly Stretch[], start: number, end: number): string {
  let html = '';
  let open: readonly TextMark[] = [];
  const turnTo = (marks: readonly TextMark[]) => {
    let same = 0;
    while (same < open.length && open[same] === marks[same]) same += 1;
    html += open.slice(same).reverse().map(endTag).join('');
    html += marks.slice(same).map(startTag).join('');
    open = marks;
  };
  for (const stretch of stretches) {
    const shown = text.slice(Math.max(stretch.start, start), Math.min(stretch.end, end));
    if (stretch.end <= start || stretch.start >= end) continue;
    turnTo(stretch.marks);
    html += escapeTelegram(shown);
  }
  turnTo([]);
  return html;
}

/** Text for a place where Telegram reads HTML. */
export function escapeTelegram(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function startTag({ kind, detail }: TextMark): string {
  if (kind === 'a') return `<a href="${escapeHtml(detail ?? '')}">`;
  if (kind === 'pre' && detail !== undefined) return `<pre><code class="language-${escapeHtml(detail)}">`;
  return `<${kind}>`;
}

function endTag({ kind, detail }: TextMark): string {
  return kind === 'pre' && detail !== undefined ? '</code></pre>' : `</${kind}>`;
}
