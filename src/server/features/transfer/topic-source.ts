import { fileNamePattern } from '../../platform/markdown/address.ts';
import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import { videoOf } from '../courses/videos.ts';
import type { Fields } from './fields.ts';
import { splitSource } from './front-matter.ts';
import { type Opens, parseOpens } from './opens.ts';
import type { SourceProblem } from './problems.ts';
import { normaliseSource } from './source-text.ts';
import type { FileMention } from './task-source.ts';

export interface ParsedTopic {
  title: string;
  opens: Opens;
  theory: string;
  videos: { title: string; url: string; minutes: number | null }[];
  /** Files listed under the theory, in order. */
  listedFiles: { name: string; title: string | null }[];
}

export type TopicParse = { ok: true; topic: ParsedTopic; files: FileMention[] } | { ok: false; problems: SourceProblem[] };

/** Reads a topic.md (docs/course-files.md). The theory may be empty: some topics are tasks alone. */
export function parseTopicSource(source: string): TopicParse {
  const problems: SourceProblem[] = [];
  const split = splitSource(normaliseSource(source), ['title', 'opens', 'videos', 'files'], problems);
  if (!split) return { ok: false, problems };
  const { fields, body, bodyLine } = split;
  const listed = fields.maps('files', ['name', 'title']).map((file) => readListedFile(file, problems));
  const inspection = inspectMarkdown(body, bodyLine);
  problems.push(...inspection.problems);
  const title = fields.requiredText('title', 120);
  const opens = readOpens(fields, problems);
  const videos = fields.maps('videos', ['title', 'url', 'minutes']).map((video) => readVideo(video, problems));
  for (const [i, { name, line }] of listed.entries()) {
    if (listed.findIndex((file) => file.name === name) < i) problems.push({ line, code: 'value-repeated', key: 'files', value: name });
  }
  if (problems.length > 0 || !opens) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  const listedFiles = listed.map((file) => ({ name: file.name, title: file.title }));
  return { ok: true, topic: { title, opens, theory: body.trim(), videos, listedFiles }, files: [...listed, ...inspection.files] };
}

function readOpens(fields: Fields, problems: SourceProblem[]): Opens | null {
  const text = fields.requiredText('opens', 40);
  const opens = parseOpens(text);
  if (!opens && text !== '') {
    const expected = 'a day and a time such as 2026-11-26 18:00, or -21d 18:00, or +5m';
    problems.push({ line: fields.lineOf('opens'), code: 'value-invalid', key: 'opens', expected });
  }
  return opens;
}

function readVideo(fields: Fields, problems: SourceProblem[]): ParsedTopic['videos'][number] {
  const url = fields.requiredText('url', 500);
  if (url !== '' && !videoOf(url)) {
    problems.push({
      line: fields.lineOf('url'),
      code: 'value-invalid',
      key: 'url',
      expected: 'the address of a video at YouTube, RuTube or VK Video',
    });
  }
  return { title: fields.requiredText('title', 200), url, minutes: fields.integer('minutes', { min: 1, max: 600, otherwise: null }) };
}

function readListedFile(fields: Fields, problems: SourceProblem[]): FileMention & { title: string | null } {
  const name = fields.requiredText('name', 100);
  const line = fields.lineOf('name');
  if (name !== '' && !fileNamePattern.test(name)) {
    problems.push({ line, code: 'value-invalid', key: 'name', expected: 'the name of a file in files/' });
  }
  return { name, line, title: fields.text('title', 200) };
}
