import { isDeepStrictEqual } from 'node:util';
import type { ChangePart } from '#shared/transfer.ts';
import type { Tx } from '../../platform/db.ts';
import type { BundleTask } from './bundle.ts';
import { changes } from './changes.ts';
import { placesFor } from './places.ts';
import type { ParsedTask } from './task-source.ts';
import type { TextWrite } from './write-texts.ts';

const columns = {
  id: true,
  slug: true,
  position: true,
  source: true,
  title: true,
  spec: true,
  points: true,
  examNumber: true,
  origin: true,
  statement: true,
  hint: true,
  hintAfter: true,
  solution: true,
  solutionRule: true,
  solutionAfter: true,
  chatAfter: true,
  fileNames: true,
  isPublic: true,
  publishedAt: true,
  deletedAt: true,
} as const;

/** One task after the import. `answerChanged`: its right answer or its points are others than before. */
export interface WrittenTask {
  id: string;
  slug: string;
  title: string;
  change: 'created' | 'changed' | 'restored' | 'unchanged';
  parts: ChangePart[];
  answerChanged: boolean;
  text: TextWrite;
}

export interface WrittenTasks {
  tasks: WrittenTask[];
  absent: { id: string; slug: string; title: string }[];
}

/** Writes the tasks of a topic. Those the bundle lacks are left for the caller to judge. */
export async function writeTasks(tx: Tx, topicId: string, tasks: BundleTask[], now: Date): Promise<WrittenTasks> {
  const present = await tx.task.findMany({ where: { topicId }, select: columns });
  const stored = new Map(present.map((row) => [row.slug, row]));
  const places = placesFor(
    tasks.map(({ slug }) => slug),
    present,
  );
  const wanted = tasks.map((task) => wantedRow(task, places.get(task.slug) ?? 0, stored.get(task.slug), now));
  const { created, changed, absent } = changes(present, wanted);
  if (created.length > 0) {
    await tx.task.createMany({ data: created.map((row) => ({ topicId, source: '', statement: '', points: 1, ...row })) });
  }
  for (const { id, to } of changed) await tx.task.update({ where: { id }, data: to, select: { id: true } });
  const rows = await tx.task.findMany({
    where: { topicId, slug: { in: tasks.map(({ slug }) => slug) } },
    select: { id: true, slug: true },
  });
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  const written = tasks.map((task): WrittenTask => {
    const id = ids.get(task.slug) ?? '';
    const from = stored.get(task.slug);
    const difference = changed.find((one) => one.id === id);
    const source = task.published?.source ?? from?.source ?? '';
    const { slug } = task;
    const title = titleOf(task, from);
    return {
      id,
      slug,
      title,
      change: !from ? 'created' : from.deletedAt ? 'restored' : difference ? 'changed' : 'unchanged',
      parts: from && difference ? partsOf(difference.keys, task) : [],
      answerChanged: from !== undefined && from.spec !== null && isRegraded(from, task.published?.task),
      // A text that equals what is published is no edit.
      text: {
        kind: 'task',
        subjectId: id,
        title,
        before: from?.source ?? null,
        after: source,
        draft: task.draft === source ? null : task.draft,
      },
    };
  });
  return { tasks: written, absent };
}

type StoredTask = { source: string; title: string; publishedAt: Date | null };

/** What students do not see keeps the text that they saw once: their answers were given to it. */
function wantedRow(task: BundleTask, position: number, from: StoredTask | undefined, now: Date) {
  const { slug, published } = task;
  if (published) {
    return { slug, position, ...published.task, source: published.source, publishedAt: from?.publishedAt ?? now, deletedAt: null };
  }
  return { slug, position, title: titleOf(task, from), publishedAt: null, deletedAt: null };
}

function titleOf({ slug, title, published }: BundleTask, from: StoredTask | undefined): string {
  if (published) return published.task.title;
  return from && (from.source !== '' || title === null) ? from.title : (title ?? slug);
}

function isRegraded(from: { spec: unknown; points: number }, to: ParsedTask | undefined): boolean {
  return to !== undefined && !(isDeepStrictEqual(from.spec, to.spec) && from.points === to.points);
}

function partsOf(keys: string[], { published }: BundleTask): ChangePart[] {
  const has = (...names: string[]) => keys.some((key) => names.includes(key));
  const parts: [ChangePart, boolean][] = [
    ['title', has('title')],
    ['answer', has('spec', 'points')],
    ['text', has('source')],
    ['place', has('position')],
    ['shown', has('publishedAt') && published !== null],
    ['hidden', has('publishedAt') && published === null],
  ];
  return parts.filter(([, holds]) => holds).map(([part]) => part);
}
