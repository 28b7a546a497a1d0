import { readYamlList } from './front-matter.ts';
import type { SourceProblem } from './problems.ts';
import { isSlug } from './slugs.ts';
import { normaliseSource } from './source-text.ts';

export interface ParsedSubject {
  slug: string;
  title: string;
  about: string;
  maxPrimary: number;
  /** Place in the file, from 0. */
  position: number;
}

export type SubjectsParse = { ok: true; subjects: ParsedSubject[] } | { ok: false; problems: SourceProblem[] };

/** Reads a subjects.yaml (docs/course-files.md). */
export function parseSubjectsSource(source: string): SubjectsParse {
  const problems: SourceProblem[] = [];
  const entries = readYamlList(normaliseSource(source), ['slug', 'title', 'about', 'max-primary'], problems);
  const subjects = entries.map((fields, position): ParsedSubject => {
    const slug = fields.requiredText('slug', 60);
    if (slug !== '' && !isSlug(slug))
      problems.push({ line: fields.lineOf('slug'), code: 'value-invalid', key: 'slug', expected: 'a slug' });
    if (!fields.has('max-primary')) problems.push({ line: fields.line, code: 'key-missing', key: 'max-primary' });
    const maxPrimary = fields.integer('max-primary', { min: 1, max: 200, otherwise: 0 });
    return { slug, title: fields.requiredText('title', 120), about: fields.requiredText('about', 200), maxPrimary, position };
  });
  for (const [i, { slug }] of subjects.entries()) {
    const line = entries[i]?.lineOf('slug') ?? 1;
    if (subjects.findIndex((subject) => subject.slug === slug) < i)
      problems.push({ line, code: 'value-repeated', key: 'slug', value: slug });
  }
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, subjects };
}
