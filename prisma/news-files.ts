import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { splitSource } from '#server/features/transfer/front-matter.ts';
import type { CourseProblem, SourceProblem } from '#server/features/transfer/problems.ts';
import { numberedName } from '#server/features/transfer/slugs.ts';
import { normaliseSource, trimLines } from '#server/features/transfer/source-text.ts';
import { inspectMarkdown } from '#server/platform/markdown/inspect.ts';
import { newsButton, newsLimits } from '#shared/news.ts';

export interface NewsFile {
  title: string;
  body: string;
  button: { label: string; url: string } | null;
  /** How long ago it was told, when it is loaded. */
  days: number;
}

export type NewsRead = { ok: true; news: NewsFile[] } | { ok: false; problems: CourseProblem[] };

/** Reads the announcements of the demo school (docs/course-files.md). Files are named in problems relative to `dir`. */
export async function readNewsFolder(dir: string): Promise<NewsRead> {
  const problems: CourseProblem[] = [];
  const news: NewsFile[] = [];
  for (const file of (await readdir(dir)).sort()) {
    if (!file.endsWith('.md') || !numberedName(file.slice(0, -3))) {
      problems.push({ file, code: 'entry-unknown' });
      continue;
    }
    const found: SourceProblem[] = [];
    news.push(parseNews(normaliseSource(await readFile(join(dir, file), 'utf8')), found));
    problems.push(...found.map((problem) => ({ file, ...problem })));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, news };
}

function parseNews(source: string, problems: SourceProblem[]): NewsFile {
  const split = splitSource(source, ['title', 'days', 'button', 'url'], problems);
  if (!split) return { title: '', body: '', button: null, days: 0 };
  const { fields, bodyLine } = split;
  const body = trimLines(split.body);
  if (body === '') problems.push({ line: bodyLine, code: 'section-empty', section: 'description' });
  if (body.length > newsLimits.body) problems.push({ line: bodyLine, code: 'too-long', limit: newsLimits.body });
  problems.push(...inspectMarkdown(split.body, bodyLine).problems);
  return {
    title: fields.requiredText('title', newsLimits.title),
    days: fields.integer('days', { min: 0, max: 365, otherwise: 0 }),
    body,
    button: buttonOf(fields.text('button', newsLimits.buttonLabel), fields.text('url', newsLimits.buttonUrl), fields.line, problems),
  };
}

function buttonOf(label: string | null, url: string | null, line: number, problems: SourceProblem[]): NewsFile['button'] {
  if (label === null && url === null) return null;
  const button = newsButton.safeParse({ label: label ?? '', url: url ?? '' });
  if (button.success) return button.data;
  problems.push(
    label === null || url === null
      ? { line, code: 'key-missing', key: label === null ? 'button' : 'url' }
      : { line, code: 'value-shape', key: 'url', expected: 'text' },
  );
  return null;
}
