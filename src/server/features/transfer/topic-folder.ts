import { join } from 'node:path';
import { fileNamePattern } from '../../platform/markdown/address.ts';
import type { BundleFile, BundleTopic } from './bundle.ts';
import { fileTypeOf } from './file-types.ts';
import type { FolderReader } from './folder-reader.ts';
import { type Mentions, readDraft, readTasks } from './task-files.ts';
import { type ParsedTopic, parseTopicSource } from './topic-source.ts';

const ownFiles = ['topic.md', 'theory.draft.md'];

/** Reads one topic with its tasks and files; null when it cannot be used, and why is noted. */
export async function readTopicFolder(reader: FolderReader, path: string, slug: string): Promise<BundleTopic | null> {
  const entries = await reader.list(path);
  if (!entries) return null;
  const mentions: Mentions = { placed: [], drafts: [] };
  const before = reader.problems.length;
  const topic = entries.files.includes('topic.md') ? await readTopicText(reader, join(path, 'topic.md'), mentions) : null;
  if (!entries.files.includes('topic.md')) reader.refuse(path, { code: 'entry-missing', name: 'topic.md' });
  const theoryDraft = entries.files.includes('theory.draft.md') ? await readDraft(reader, join(path, 'theory.draft.md')) : null;
  if (theoryDraft !== null) mentions.drafts.push(theoryDraft);
  const tasks = await readTasks(
    reader,
    path,
    entries.files.filter((name) => !ownFiles.includes(name)),
    mentions,
  );
  for (const name of entries.folders) if (name !== 'files') reader.refuse(join(path, name), { code: 'entry-unknown' });
  // A text that could not be read mentions files that nobody knows of.
  const isUsed = reader.problems.length === before ? usedBy(mentions) : () => true;
  const files = entries.folders.includes('files') ? await readFiles(reader, join(path, 'files'), isUsed) : { read: [], names: [] };
  for (const { path: at, name, line } of mentions.placed)
    if (!files.names.includes(name)) reader.refuse(at, { line, code: 'file-missing', name });
  return topic && { slug, topic, theoryDraft, tasks, files: files.read };
}

function usedBy({ placed, drafts }: Mentions): (name: string) => boolean {
  const names = new Set(placed.map(({ name }) => name));
  return (name) => names.has(name) || drafts.some((text) => text.includes(name));
}

async function readTopicText(reader: FolderReader, path: string, mentions: Mentions): Promise<ParsedTopic | null> {
  const text = await reader.text(path);
  if (text === null) return null;
  const parsed = parseTopicSource(text);
  if (!parsed.ok) {
    reader.refuse(path, ...parsed.problems);
    return null;
  }
  mentions.placed.push(...parsed.files.map((mention) => ({ ...mention, path })));
  return parsed.topic;
}

async function readFiles(
  reader: FolderReader,
  path: string,
  isUsed: (name: string) => boolean,
): Promise<{ read: BundleFile[]; names: string[] }> {
  const entries = await reader.list(path);
  const names = entries?.files ?? [];
  for (const name of entries?.folders ?? []) reader.refuse(join(path, name), { code: 'entry-unknown' });
  const read: BundleFile[] = [];
  for (const name of names) {
    const at = join(path, name);
    if (!fileNamePattern.test(name)) reader.refuse(at, { code: 'file-name' });
    else if (!isUsed(name)) reader.refuse(at, { code: 'file-unused' });
    const found = await reader.file(at);
    if (!found) continue;
    const { bytes, ...file } = found;
    const typed = fileTypeOf(name, bytes);
    if (typed.ok) read.push({ name, ...file, ...typed.type });
    else reader.refuse(at, typed.problem);
  }
  return { read, names };
}
