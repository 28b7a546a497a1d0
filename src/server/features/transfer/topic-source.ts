import { ownVideoName, videoOf } from '#shared/videos.ts';
import { fileNamePattern } from '../../platform/markdown/address.ts';
import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import type { Fields } from './fields.ts';
import { splitSource } from './front-matter.ts';
import { type Opens, parseOpens } from './opens.ts';
import type { SourceProblem } from './problems.ts';
import { normaliseSource, trimLines } from './source-text.ts';
import type { FileMention } from './task-source.ts';

export interface ParsedTopic {
  title: string;
  opens: Opens;
  theory: string;
  videos: { title: string; url: string; minutes: number | null }[];
  /** Files listed under the theory, in order. */
  listedFiles: ListedFile[];
  /** Files that no text shows and that are kept all the same. */
  keptFiles: ListedFile[];
  /** Students do not see it. */
  isDraft: boolean;
}

interface ListedFile {
  name: string;
  title: string | null;
}

export type TopicParse = { ok: true; topic: ParsedTopic; files: FileMention[] } | { ok: false; problems: SourceProblem[] };

/** Reads a topic.md (docs/course-files.md). The theory may be empty: some topics are tasks alone. */
export function parseTopicSource(source: string): TopicParse {
  const problems: SourceProblem[] = [];
  const split = splitSource(normaliseSource(source), ['title', 'opens', 'videos', 'files', 'draft'], problems);
  if (!split) return { ok: false, problems };
  const { fields, body, bodyLine } = split;
  const listed = fields.maps('files', ['name', 'title', 'listed']).map((file) => readListedFile(file, problems));
  const inspection = inspectMarkdown(body, bodyLine);
  problems.push(...inspection.problems);
  const title = fields.requiredText('title', 120);
  const opens = readOpens(fields, problems);
  const played: FileMention[] = [];
  const videos = fields.maps('videos', ['title', 'url', 'minutes']).map((video) => readVideo(video, played, problems));
  const isDraft = fields.oneOf('draft', ['yes', 'no'], 'no') === 'yes';
  for (const [i, { name, line }] of listed.entries()) {
    if (listed.findIndex((file) => file.name === name) < i) problems.push({ line, code: 'value-repeated', key: 'files', value: name });
  }
  if (problems.length > 0 || !opens) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  const filesWhere = (isListed: boolean) =>
    listed.filter((file) => file.isListed === isListed).map((file) => ({ name: file.name, title: file.title }));
  const topic = { title, opens, theory: trimLines(body), videos, listedFiles: filesWhere(true), keptFiles: filesWhere(false), isDraft };
  return { ok: true, topic, files: [...listed, ...played, ...inspection.files] };
}

function readOpens(fields: Fields, problems: SourceProblem[]): Opens | null {
  const text = fields.requiredText('opens', 40);
  const opens = parseOpens(text);
  if (!opens && text !== '') {
    problems.push({ line: fields.lineOf('opens'), code: 'value-invalid', key: 'opens', expected: 'opens' });
  }
  return opens;
}

/** @param played gets the file that is the video */
function readVideo(fields: Fields, played: FileMention[], problems: SourceProblem[]): ParsedTopic['videos'][number] {
  const url = fields.requiredText('url', 500);
  const name = ownVideoName(url);
  if (name !== null) played.push({ name, line: fields.lineOf('url') });
  else if (url !== '' && !videoOf(url)) {
    problems.push({
      line: fields.lineOf('url'),
      code: 'value-invalid',
      key: 'url',
      expected: 'video',
    });
  }
  return { title: fields.requiredText('title', 200), url, minutes: fields.integer('minutes', { min: 1, max: 600, otherwise: null }) };
}

function readListedFile(fields: Fields, problems: SourceProblem[]): FileMention & ListedFile & { isListed: boolean } {
  const name = fields.requiredText('name', 100);
  const line = fields.lineOf('name');
  if (name !== '' && !fileNamePattern.test(name)) {
    problems.push({ line, code: 'value-invalid', key: 'name', expected: 'file-name' });
  }
  return { name, line, title: fields.text('title', 200), isListed: fields.oneOf('listed', ['yes', 'no'], 'yes') === 'yes' };
}
