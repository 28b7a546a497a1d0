import { splitSource } from './front-matter.ts';
import { normaliseSource } from './source-text.ts';

const longest = 120;

/** What a text that need not parse calls itself: the title of its front matter, read as far as it can be read. Null where it has none. */
export function draftTitle(text: string): string | null {
  const source = normaliseSource(text);
  const title = splitSource(source, [], [])?.fields.text('title', longest) ?? /^title:[ \t]*(.+)$/m.exec(source)?.[1] ?? '';
  const shown = title
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .slice(0, longest)
    .trim();
  return shown === '' ? null : shown;
}
