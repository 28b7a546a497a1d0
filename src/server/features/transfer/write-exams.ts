import { isDeepStrictEqual } from 'node:util';
import type { ChangePart } from '#shared/transfer.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { examFields } from '../exams/rules.ts';
import type { BundleExam } from './bundle.ts';
import { changes } from './changes.ts';
import { instantAsWritten } from './opens.ts';
import { placesFor } from './places.ts';
import { isSameText } from './source-text.ts';
import type { WrittenTask } from './write-tasks.ts';

export type WrittenExam = Pick<WrittenTask, 'id' | 'slug' | 'title' | 'change' | 'parts'>;

export interface WrittenExams {
  written: WrittenExam[];
  absent: AbsentExam[];
}

export interface AbsentExam {
  id: string;
  slug: string;
  title: string;
  /** So many students began it so often. */
  attempts: number;
}

const columns = {
  ...examFields,
  id: true,
  slug: true,
  position: true,
  publishedAt: true,
  deletedAt: true,
} as const;

/**
 * Writes the exams of a course; what is running keeps the tasks that it began with. Those the bundle lacks are left for the caller to judge.
 * @param taskIds of the course's tasks, by `topic/task`
 */
export async function writeExams(
  app: App,
  tx: Tx,
  courseId: string,
  bundled: BundleExam[],
  taskIds: ReadonlyMap<string, string>,
): Promise<WrittenExams> {
  const present = await tx.exam.findMany({ where: { courseId }, select: columns, orderBy: { position: 'asc' } });
  const stored = new Map(present.map((row) => [row.slug, row]));
  const places = placesFor(
    bundled.map(({ slug }) => slug),
    present,
  );
  const wanted = bundled.map((exam) => wantedRow(app, exam, places.get(exam.slug) ?? 0, stored.get(exam.slug)));
  const { created, changed, absent } = changes(present, wanted);
  const createdAt = app.clock.now();
  if (created.length > 0) await tx.exam.createMany({ data: created.map((exam) => ({ courseId, createdAt, ...exam })) });
  for (const { id, to } of changed) await tx.exam.update({ where: { id }, data: to, select: { id: true } });
  const rows = await tx.exam.findMany({ where: { courseId }, select: { id: true, slug: true } });
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  const written: WrittenExam[] = [];
  for (const { slug, exam } of bundled) {
    const id = ids.get(slug) ?? '';
    const from = stored.get(slug);
    const keys = changed.find((one) => one.id === id)?.keys ?? [];
    const tasks = exam.tasks.flatMap((task) => taskIds.get(task) ?? []);
    const parts = partsOf(keys, exam.isDraft, await writeTasksOf(tx, id, tasks));
    const change = !from ? 'created' : from.deletedAt ? 'restored' : keys.length + parts.length > 0 ? 'changed' : 'unchanged';
    written.push({ id, slug, title: exam.title, change, parts: from ? parts : [] });
  }
  return { written, absent: await withAttempts(tx, absent) };
}

type StoredExam = { about: string; opensAt: Date | null; closesAt: Date | null; publishedAt: Date | null };

function wantedRow(app: App, { slug, exam }: BundleExam, position: number, from: StoredExam | undefined) {
  const now = app.clock.now();
  const zone = app.config.schoolTimeZone;
  const { opens, closes, tasks: _, isDraft, ...rest } = exam;
  return {
    slug,
    ...rest,
    about: from && isSameText(from.about, exam.about) ? from.about : exam.about,
    opensAt: opens && instantAsWritten(opens, from?.opensAt ?? null, now, zone),
    closesAt: closes && instantAsWritten(closes, from?.closesAt ?? null, now, zone),
    position,
    publishedAt: isDraft ? null : (from?.publishedAt ?? now),
    deletedAt: null,
  };
}

/** Deleted tasks are in no file and stay in the exam behind the others: put back, they are part of it again. @returns did the tasks differ? */
async function writeTasksOf(tx: Tx, examId: string, wanted: string[]): Promise<boolean> {
  const rows = await tx.examTask.findMany({
    where: { examId },
    orderBy: [{ position: 'asc' }, { taskId: 'asc' }],
    select: { taskId: true, task: { select: { deletedAt: true, topic: { select: { deletedAt: true } } } } },
  });
  const isThere = ({ task }: (typeof rows)[number]) => task.deletedAt === null && task.topic.deletedAt === null;
  const there = rows.filter(isThere).map(({ taskId }) => taskId);
  if (isDeepStrictEqual(there, wanted)) return false;
  const hidden = rows.filter((row) => !isThere(row)).map(({ taskId }) => taskId);
  await tx.examTask.deleteMany({ where: { examId } });
  await tx.examTask.createMany({ data: [...wanted, ...hidden].map((taskId, position) => ({ examId, taskId, position })) });
  return true;
}

async function withAttempts(tx: Tx, exams: { id: string; slug: string; title: string }[]): Promise<AbsentExam[]> {
  if (exams.length === 0) return [];
  const where = { examId: { in: exams.map(({ id }) => id) } };
  const counts = await tx.examAttempt.groupBy({ by: ['examId'], where, _count: { _all: true } });
  const attempts = new Map(counts.map(({ examId, _count }) => [examId, _count._all]));
  return exams.map(({ id, slug, title }) => ({ id, slug, title, attempts: attempts.get(id) ?? 0 }));
}

function partsOf(keys: string[], isDraft: boolean, tasks: boolean): ChangePart[] {
  const has = (...names: string[]) => keys.some((key) => names.includes(key));
  const parts: [ChangePart, boolean][] = [
    ['title', has('title')],
    ['text', has('about')],
    ['tasks', tasks],
    ['window', has('opensAt', 'closesAt')],
    ['settings', has('limitMinutes', 'attempts', 'shuffled', 'review', 'scaleYear')],
    ['place', has('position')],
    ['shown', has('publishedAt') && !isDraft],
    ['hidden', has('publishedAt') && isDraft],
  ];
  return parts.filter(([, holds]) => holds).map(([part]) => part);
}
