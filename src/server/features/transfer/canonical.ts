import { stringify } from 'yaml';
import { normaliseSource, trimLines } from './source-text.ts';

/** Text, a list of texts, or a list of maps of text; what is null is left out, and so is a list without maps. */
export type FrontMatter = { [key: string]: string | null | TextList | { [key: string]: string | null }[] };

/** Stands there even where it is empty. */
export interface TextList {
  texts: string[];
}

/** A course file in the one form that exports have: the same values are the same bytes. */
export function courseFile(frontMatter: FrontMatter, body: string): string {
  const text = trimLines(normaliseSource(body));
  return `---\n${yamlOf(present(frontMatter))}---\n${text === '' ? '' : `${text}\n`}`;
}

/** Under the schema that the files are read with: `12,50` and `no` need no quotes, what looks like YAML gets them. */
export function yamlOf(value: object): string {
  return stringify(value, { schema: 'failsafe', lineWidth: 0 });
}

function present(values: FrontMatter): object {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
      if (value === null) return [];
      if (typeof value === 'object' && 'texts' in value) return [[key, value.texts.map(oneLine)]];
      if (Array.isArray(value)) return value.length > 0 ? [[key, value.map(present)]] : [];
      return [[key, oneLine(value)]];
    }),
  );
}

export function oneLine(text: string): string {
  return normaliseSource(text)
    .replace(/(?<!\s)\s*\n\s*/g, ' ')
    .trim();
}
