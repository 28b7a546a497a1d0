import { scaleProblem } from '#shared/scales.ts';
import type { Fields } from './fields.ts';
import { readYamlList } from './front-matter.ts';
import type { SourceProblem } from './problems.ts';
import { isSlug } from './slugs.ts';
import { normaliseSource } from './source-text.ts';

export interface ParsedSubject {
  slug: string;
  title: string;
  about: string;
  maxPrimary: number;
  /** Test scores for 1, 2, … primary points, by year. */
  scales: { year: number; points: number[] }[];
  /** Place in the file, from 0. */
  position: number;
}

export type SubjectsParse = { ok: true; subjects: ParsedSubject[] } | { ok: false; problems: SourceProblem[] };

/** Reads a subjects.yaml (docs/course-files.md). */
export function parseSubjectsSource(source: string): SubjectsParse {
  const problems: SourceProblem[] = [];
  const entries = readYamlList(normaliseSource(source), ['slug', 'title', 'about', 'max-primary', 'scales'], problems);
  const subjects = entries.map((fields, position): ParsedSubject => {
    const slug = fields.requiredText('slug', 60);
    if (slug !== '' && !isSlug(slug)) problems.push({ line: fields.lineOf('slug'), code: 'value-invalid', key: 'slug', expected: 'slug' });
    if (!fields.has('max-primary')) problems.push({ line: fields.line, code: 'key-missing', key: 'max-primary' });
    const maxPrimary = fields.integer('max-primary', { min: 1, max: 200, otherwise: 0 });
    const title = fields.requiredText('title', 120);
    const about = fields.requiredText('about', 200);
    return { slug, title, about, maxPrimary, scales: readScales(fields, maxPrimary, problems), position };
  });
  for (const [i, { slug }] of subjects.entries()) {
    const line = entries[i]?.lineOf('slug') ?? 1;
    if (subjects.findIndex((subject) => subject.slug === slug) < i)
      problems.push({ line, code: 'value-repeated', key: 'slug', value: slug });
  }
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, subjects };
}

/** `2025: 7 14 20 …`: as many scores as there are primary points, none lower than the one before, and 100 at last. */
function readScales(fields: Fields, maxPrimary: number, problems: SourceProblem[]): ParsedSubject['scales'] {
  return fields.pairs('scales').map(({ key, text, line }) => {
    const points = text
      .trim()
      .split(/\s+/)
      .map((score) => (/^\d{1,3}$/.test(score) ? Number(score) : Number.NaN));
    const isScale = points.every((score) => score <= 100) && scaleProblem(points, maxPrimary) === null;
    if (!/^20\d\d$/.test(key) || !isScale) {
      problems.push({ line, code: 'value-invalid', key: `scales: ${key}`, expected: 'scale' });
    }
    return { year: Number(key), points };
  });
}
