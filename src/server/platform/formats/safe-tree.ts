import type { Root } from 'hast';
import { isDenseMessage } from '../markdown/dense.ts';
import { asMessage } from '../markdown/message.ts';
import { createHtmlMaker, parseMarkdown } from '../markdown/parse.ts';

/** How the ends of lines are read: `joined` as in a text, where a paragraph is one line; `kept` as in a message of a chat. */
export type Lines = 'joined' | 'kept';

const longestSource = 100_000;
/** Signs of Markdown in one paragraph or list, whose square a parser's time grows with: a hundred items with a link and a bold word each have 600. */
const mostSigns = 2000;
/** Lists inside lists cost its cube. */
const deepList = /^[ \t]{80,}(?:[-+*]|\d{1,9}[.)])[ \t]/m;
/** Quotations inside quotations cost the square of their depth. */
const deepQuotation = /^[ \t]*(?:>[ \t]?){50}/m;
const toHtmlTree = createHtmlMaker();

/** The sanitised tree of a text: what Markdown can express and nothing else. Null where the text is better shown as it was typed. Never throws. */
export function safeTree(source: string, lines: Lines): Root | null {
  const slow = lines === 'kept' ? isDenseMessage(source) : isSlow(source);
  if (slow || source.length > longestSource || deepQuotation.test(source) || deepList.test(source)) return null;
  try {
    const parsed = parseMarkdown(source);
    return toHtmlTree(lines === 'kept' ? asMessage(parsed) : parsed);
  } catch (error) {
    // What nests deeper than the stack, nobody means.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isSlow(source: string): boolean {
  return source.split(/\n[ \t]*\n/).some((paragraph) => (paragraph.match(/[*_~[\]<!`&]/g)?.length ?? 0) > mostSigns);
}
