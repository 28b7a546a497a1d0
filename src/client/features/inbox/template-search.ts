import type { TemplateDto } from '#shared/inbox.ts';

const plain = (text: string) => text.toLocaleLowerCase('ru').replaceAll('ё', 'е');

/** Templates with all the words that are looked for, in whatever order; those that have them in the title come first. */
export function fitting<T extends Pick<TemplateDto, 'title' | 'body'>>(templates: readonly T[], query: string): T[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const hasAll = (text: string) => words.every((word) => plain(text).includes(word));
  const found = templates.filter(({ title, body }) => hasAll(`${title} ${body}`));
  return [...found.filter(({ title }) => hasAll(title)), ...found.filter(({ title }) => !hasAll(title))];
}
