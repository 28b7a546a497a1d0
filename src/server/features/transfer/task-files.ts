import { join } from 'node:path';
import type { BundleTask } from './bundle.ts';
import { draftTitle } from './draft-title.ts';
import type { FolderReader } from './folder-reader.ts';
import { numberedName } from './slugs.ts';
import { isStorable, normaliseSource } from './source-text.ts';
import { type FileMention, parseTaskSource } from './task-source.ts';

/** What the texts of a topic say of files. */
export interface Mentions {
  /** With the file of the course in which it stands: each has to be there. */
  placed: (FileMention & { path: string })[];
  /** Drafts, broken or not: whatever they name is in use. */
  drafts: string[];
}

type NumberedTask = BundleTask & { stem: string; number: number };

/** Reads the tasks of a topic: `NN-slug.task.md` is what students see, `NN-slug.draft.md` what somebody is writing. */
export async function readTasks(reader: FolderReader, path: string, names: string[], mentions: Mentions): Promise<BundleTask[]> {
  const tasks = new Map<string, NumberedTask>();
  for (const name of names) {
    const at = join(path, name);
    const [, stem = '', kind] = /^(.+)\.(task|draft)\.md$/.exec(name) ?? [];
    if (kind === undefined) {
      reader.refuse(at, { code: 'entry-unknown' });
      continue;
    }
    const numbered = numberedName(stem);
    if (!numbered) {
      reader.refuse(at, { code: 'slug' });
      continue;
    }
    const { slug, number } = numbered;
    const task = tasks.get(slug) ?? { slug, title: null, stem, number, published: null, draft: null };
    if (task.stem !== stem) reader.refuse(at, { code: 'slug-twice', slug });
    tasks.set(slug, task);
    if (kind === 'task') await readPublished(reader, at, task, mentions);
    else await readUnpublished(reader, at, task, mentions);
  }
  return [...tasks.values()]
    .filter(({ published, draft }) => published !== null || draft !== null)
    .sort((a, b) => a.number - b.number || (a.slug < b.slug ? -1 : 1))
    .map(({ slug, title, published, draft }) => ({ slug, title, published, draft }));
}

async function readPublished(reader: FolderReader, path: string, task: BundleTask, mentions: Mentions): Promise<void> {
  const text = await reader.text(path);
  if (text === null) return;
  const source = normaliseSource(text);
  const parsed = parseTaskSource(source);
  if (!parsed.ok) {
    reader.refuse(path, ...parsed.problems);
    return;
  }
  mentions.placed.push(...parsed.files.map((mention) => ({ ...mention, path })));
  task.published = { source, task: parsed.task };
  task.title = parsed.task.title;
}

async function readUnpublished(reader: FolderReader, path: string, task: BundleTask, mentions: Mentions): Promise<void> {
  task.draft = await readDraft(reader, path);
  if (task.draft === null) return;
  mentions.drafts.push(task.draft);
  if (!task.published) task.title = draftTitle(task.draft);
}

/** A text that may be broken: only what no database can hold is refused. */
export async function readDraft(reader: FolderReader, path: string): Promise<string | null> {
  const text = await reader.text(path);
  if (text === null) return null;
  const draft = normaliseSource(text);
  const before = reader.problems.length;
  const problems: Parameters<typeof isStorable>[1] = [];
  isStorable(draft, problems);
  reader.refuse(path, ...problems);
  return reader.problems.length === before ? draft : null;
}
