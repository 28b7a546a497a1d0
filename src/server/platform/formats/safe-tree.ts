import type { Root } from 'hast';
import { isDenseMessage } from '../markdown/dense.ts';
import { findHeavyLine } from '../markdown/heavy.ts';
import { asMessage } from '../markdown/message.ts';
import { createHtmlMaker, parseMarkdown } from '../markdown/parse.ts';

/** How the ends of lines are read: `joined` as in a text, where a paragraph is one line; `kept` as in a message of a chat. */
export type Lines = 'joined' | 'kept';

const longestSource = 100_000;
const toHtmlTree = createHtmlMaker();

/** The sanitised tree of a text: what Markdown can express and nothing else. Null where the text is better shown as it was typed. Never throws. */
export function safeTree(source: string, lines: Lines): Root | null {
  const slow = lines === 'kept' ? isDenseMessage(source) : findHeavyLine(source) !== null;
  if (slow || source.length > longestSource) return null;
  try {
    const parsed = parseMarkdown(source);
    return toHtmlTree(lines === 'kept' ? asMessage(parsed) : parsed);
  } catch (error) {
    // What nests deeper than the stack, nobody means.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
