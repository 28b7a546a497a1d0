import { join } from 'node:path';
import { fileNamePattern } from '../../platform/markdown/address.ts';
import type { BundleFile, BundleTask, BundleTopic } from './bundle.ts';
import { fileTypeOf } from './file-types.ts';
import type { FolderReader } from './folder-reader.ts';
import { slugAfterNumber } from './slugs.ts';
import { normaliseSource } from './source-text.ts';
import { type FileMention, parseTaskSource } from './task-source.ts';
import { type ParsedTopic, parseTopicSource } from './topic-source.ts';

/** A mention with the file of the course in which it stands. */
type PlacedMention = FileMention & { path: string };

/** Reads one topic with its tasks and files; null when it cannot be used, and why is noted. */
export async function readTopicFolder(reader: FolderReader, path: string, slug: string): Promise<BundleTopic | null> {
  const entries = await reader.list(path);
  if (!entries) return null;
  const mentions: PlacedMention[] = [];
  const before = reader.problems.length;
  const topic = entries.files.includes('topic.md') ? await readTopicText(reader, join(path, 'topic.md'), mentions) : null;
  if (!entries.files.includes('topic.md')) reader.refuse(path, { code: 'entry-missing', name: 'topic.md' });
  const tasks = await readTasks(
    reader,
    path,
    entries.files.filter((name) => name !== 'topic.md'),
    mentions,
  );
  for (const name of entries.folders) if (name !== 'files') reader.refuse(join(path, name), { code: 'entry-unknown' });
  // A text that could not be read mentions files that nobody knows of.
  const mentioned = reader.problems.length === before ? new Set(mentions.map(({ name }) => name)) : null;
  const files = entries.folders.includes('files') ? await readFiles(reader, join(path, 'files'), mentioned) : { read: [], names: [] };
  for (const { path: at, name, line } of mentions) if (!files.names.includes(name)) reader.refuse(at, { line, code: 'file-missing', name });
  return topic && { slug, topic, tasks, files: files.read };
}

async function readTopicText(reader: FolderReader, path: string, mentions: PlacedMention[]): Promise<ParsedTopic | null> {
  const text = await reader.text(path);
  if (text === null) return null;
  const parsed = parseTopicSource(text);
  if (!parsed.ok) {
    reader.refuse(path, ...parsed.problems);
    return null;
  }
  mentions.push(...parsed.files.map((mention) => ({ ...mention, path })));
  return parsed.topic;
}

async function readTasks(reader: FolderReader, path: string, names: string[], mentions: PlacedMention[]): Promise<BundleTask[]> {
  const tasks: BundleTask[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    const at = join(path, name);
    const stem = /^(.+)\.task\.md$/.exec(name)?.[1];
    if (stem === undefined) {
      reader.refuse(at, { code: 'entry-unknown' });
      continue;
    }
    const slug = slugAfterNumber(stem);
    if (slug === null) reader.refuse(at, { code: 'slug' });
    else if (seen.has(slug)) reader.refuse(at, { code: 'slug-twice', slug });
    seen.add(slug ?? '');
    const text = await reader.text(at);
    if (text === null) continue;
    const source = normaliseSource(text);
    const parsed = parseTaskSource(source);
    if (!parsed.ok) {
      reader.refuse(at, ...parsed.problems);
      continue;
    }
    mentions.push(...parsed.files.map((mention) => ({ ...mention, path: at })));
    tasks.push({ slug: slug ?? '', source, task: parsed.task });
  }
  return tasks;
}

async function readFiles(
  reader: FolderReader,
  path: string,
  mentioned: Set<string> | null,
): Promise<{ read: BundleFile[]; names: string[] }> {
  const entries = await reader.list(path);
  const names = entries?.files ?? [];
  for (const name of entries?.folders ?? []) reader.refuse(join(path, name), { code: 'entry-unknown' });
  const read: BundleFile[] = [];
  for (const name of names) {
    const at = join(path, name);
    if (!fileNamePattern.test(name)) reader.refuse(at, { code: 'file-name' });
    else if (mentioned && !mentioned.has(name)) reader.refuse(at, { code: 'file-unused' });
    const bytes = await reader.bytes(at);
    if (!bytes) continue;
    const typed = fileTypeOf(name, bytes);
    if (typed.ok) read.push({ name, bytes, ...typed.type });
    else reader.refuse(at, typed.problem);
  }
  return { read, names };
}
