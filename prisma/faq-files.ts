import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readYamlList, splitSource } from '#server/features/transfer/front-matter.ts';
import type { CourseProblem, SourceProblem } from '#server/features/transfer/problems.ts';
import { isSlug, numberedName } from '#server/features/transfer/slugs.ts';
import { normaliseSource, trimLines } from '#server/features/transfer/source-text.ts';
import { inspectMarkdown } from '#server/platform/markdown/inspect.ts';
import { faqLimits } from '#shared/support-limits.ts';

export interface FaqFileArticle {
  slug: string;
  title: string;
  keywords: string;
  body: string;
}

export interface FaqFileCategory {
  slug: string;
  title: string;
  /** In their order. */
  articles: FaqFileArticle[];
}

export type FaqRead = { ok: true; categories: FaqFileCategory[] } | { ok: false; problems: CourseProblem[] };

/** Reads questions and answers from their files (docs/course-files.md). Files are named in problems relative to `dir`. */
export async function readFaqFolder(dir: string): Promise<FaqRead> {
  const problems: CourseProblem[] = [];
  const listed: SourceProblem[] = [];
  const list = readYamlList(await read(join(dir, 'categories.yaml')), ['slug', 'title'], listed);
  const categories = list.map((fields): FaqFileCategory => {
    const slug = fields.requiredText('slug', 60);
    if (slug !== '' && !isSlug(slug)) listed.push({ line: fields.lineOf('slug'), code: 'value-invalid', key: 'slug', expected: 'slug' });
    return { slug, title: fields.requiredText('title', faqLimits.category), articles: [] };
  });
  problems.push(...listed.map((problem) => ({ file: 'categories.yaml', ...problem })));
  const folders = new Map<string, FaqFileCategory>();
  for (const category of categories) {
    if (folders.has(category.slug)) problems.push({ file: 'categories.yaml', code: 'slug-twice', slug: category.slug });
    folders.set(category.slug, category);
  }
  const slugs = new Set<string>();
  for (const name of (await readdir(dir)).sort()) {
    if (name === 'categories.yaml') continue;
    const category = folders.get(name);
    if (!category) {
      problems.push({ file: name, code: 'entry-unknown' });
      continue;
    }
    for (const entry of (await readdir(join(dir, name))).sort()) {
      const file = `${name}/${entry}`;
      const slug = entry.endsWith('.md') ? numberedName(entry.slice(0, -3))?.slug : undefined;
      if (slug === undefined) problems.push({ file, code: 'entry-unknown' });
      else if (slugs.has(slug)) problems.push({ file, code: 'slug-twice', slug });
      else {
        slugs.add(slug);
        const found: SourceProblem[] = [];
        category.articles.push({ slug, ...parseFaqArticle(await read(join(dir, file)), found) });
        problems.push(...found.map((problem) => ({ file, ...problem })));
      }
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, categories };
}

function parseFaqArticle(source: string, problems: SourceProblem[]): Omit<FaqFileArticle, 'slug'> {
  const split = splitSource(source, ['title', 'keywords'], problems);
  if (!split) return { title: '', keywords: '', body: '' };
  const body = trimLines(split.body);
  if (body === '') problems.push({ line: split.bodyLine, code: 'section-empty', section: 'description' });
  if (body.length > faqLimits.body) problems.push({ line: split.bodyLine, code: 'too-long', limit: faqLimits.body });
  problems.push(...inspectMarkdown(split.body, split.bodyLine).problems);
  const title = split.fields.requiredText('title', faqLimits.title);
  return { title, keywords: split.fields.text('keywords', faqLimits.keywords) ?? '', body };
}

const read = async (path: string) => normaliseSource(await readFile(path, 'utf8'));
