import { isDeepStrictEqual } from 'node:util';
import type { ChangePart, ImportChange } from '#shared/transfer.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import type { BundleSubject, CourseBundle } from './bundle.ts';
import { differing } from './changes.ts';
import { ImportRefused } from './import-refused.ts';
import { isSameText } from './source-text.ts';
import type { WrittenTask } from './write-tasks.ts';
import type { TextWrite } from './write-texts.ts';

/** The subject of a course: as the files have it or, where they say nothing of it, the school's own. */
export async function writeSubjectOf(tx: Tx, { subject, course }: CourseBundle): Promise<{ id: string; changes: ImportChange[] }> {
  if (subject) return writeSubject(tx, subject);
  const stored = await tx.subject.findUnique({ where: { slug: course.subject }, select: { id: true } });
  if (!stored) throw new ImportRefused({ code: 'subject-unknown', subject: course.subject });
  return { id: stored.id, changes: [] };
}

export async function writeSubject(tx: Tx, subject: BundleSubject): Promise<{ id: string; changes: ImportChange[] }> {
  const stored = await tx.subject.findUnique({
    where: { slug: subject.slug },
    select: { id: true, title: true, about: true, maxPrimary: true, position: true, scales: { select: { year: true, points: true } } },
  });
  const { slug, title, about, maxPrimary, scales } = subject;
  const change = { kind: 'subject' as const, name: slug, title, parts: [], answers: 0 };
  if (!stored) {
    const position = subject.position ?? (await nextPlace(tx));
    const created = await tx.subject.create({ data: { slug, title, about, maxPrimary, position }, select: { id: true } });
    await writeScales(tx, created.id, scales);
    return { id: created.id, changes: [{ ...change, change: 'created' }] };
  }
  const columns = { title, about, maxPrimary, ...(subject.position === null ? {} : { position: subject.position }) };
  const keys = differing(stored, columns);
  const known = new Map(stored.scales.map(({ year, points }) => [year, points]));
  const otherScales = scales.filter(({ year, points }) => !isDeepStrictEqual(known.get(year), points));
  if (keys.length === 0 && otherScales.length === 0) return { id: stored.id, changes: [] };
  await tx.subject.update({ where: { id: stored.id }, data: columns, select: { id: true } });
  await writeScales(tx, stored.id, otherScales);
  return { id: stored.id, changes: [{ ...change, change: 'changed' }] };
}

async function nextPlace(tx: Tx): Promise<number> {
  const last = await tx.subject.aggregate({ _max: { position: true } });
  return (last._max.position ?? -1) + 1;
}

/** Years that the files do not name stay. */
async function writeScales(tx: Tx, subjectId: string, scales: BundleSubject['scales']): Promise<void> {
  for (const { year, points } of scales) {
    const key = { subjectId, year };
    await tx.scale.upsert({ where: { subjectId_year: key }, create: { ...key, points }, update: { points }, select: { year: true } });
  }
}

export interface WrittenCourse extends Pick<WrittenTask, 'id' | 'title' | 'change' | 'parts'> {
  text: TextWrite;
}

/** A new course goes to the end of the school's list. Its place, its price and the day it was published are not the files' to say. */
export async function writeCourseRow(
  app: App,
  tx: Tx,
  { slug, course, descriptionDraft }: CourseBundle,
  subjectId: string,
): Promise<WrittenCourse> {
  const { title, target, summary, schedule, chatAfter } = course;
  const select = {
    id: true,
    subjectId: true,
    title: true,
    target: true,
    summary: true,
    description: true,
    schedule: true,
    chatAfter: true,
    publishedAt: true,
    deletedAt: true,
  } as const;
  const stored = await tx.course.findUnique({ where: { slug }, select });
  const description = stored && isSameText(stored.description, course.description) ? stored.description : course.description;
  const publishedAt = course.isDraft ? null : (stored?.publishedAt ?? app.clock.now());
  const columns = { subjectId, title, target, summary, description, schedule, chatAfter, publishedAt, deletedAt: null };
  const textOf = (subject: string): TextWrite => ({
    kind: 'course',
    subjectId: subject,
    title,
    before: stored?.description ?? null,
    after: description,
    draft: descriptionDraft !== null && isSameText(descriptionDraft, description) ? null : descriptionDraft,
  });
  if (!stored) {
    const last = await tx.course.aggregate({ _max: { position: true } });
    const position = (last._max.position ?? -1) + 1;
    const { id } = await tx.course.create({ data: { slug, ...columns, position }, select: { id: true } });
    return { id, title, change: 'created', parts: [], text: textOf(id) };
  }
  const keys = differing(stored, columns);
  if (keys.length > 0) await tx.course.update({ where: { id: stored.id }, data: columns, select: { id: true } });
  const change = stored.deletedAt ? 'restored' : keys.length > 0 ? 'changed' : 'unchanged';
  return { id: stored.id, title, change, parts: partsOf(keys, course.isDraft), text: textOf(stored.id) };
}

function partsOf(keys: string[], isDraft: boolean): ChangePart[] {
  const parts: [ChangePart, boolean][] = [
    ['title', keys.includes('title')],
    ['text', keys.includes('description')],
    ['settings', ['subjectId', 'target', 'summary', 'schedule', 'chatAfter'].some((key) => keys.includes(key))],
    ['shown', keys.includes('publishedAt') && !isDraft],
    ['hidden', keys.includes('publishedAt') && isDraft],
  ];
  return parts.filter(([, holds]) => holds).map(([part]) => part);
}
