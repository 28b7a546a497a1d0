import type * as z from 'zod';
import type { createSubjectInput, deletedSubjectDto, itemInput, updateSubjectInput } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { forModerators } from '../access.ts';
import { freeSlug, slugOf } from '../rules.ts';

/** Asked twice with one id, it is made once. */
export async function createSubject(app: App, actor: PersonActor, input: z.output<typeof createSubjectInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const subjects = await lockSubjects(tx, actor);
    if (subjects.some((subject) => subject.id === input.id)) return;
    const slug = freeSlug(
      slugOf(input.title, 'subject'),
      subjects.map((subject) => subject.slug),
    );
    const position = Math.max(-1, ...subjects.map((subject) => subject.position)) + 1;
    await tx.subject.create({ data: { ...input, slug, position }, select: { id: true } });
    const { id, ...after } = input;
    await recordAudit(app, tx, actor, { action: 'subject.create', subject: id, label: input.title, after });
  });
}

/** @throws AppError SUBJECTS_NOT_FOUND */
export async function updateSubject(app: App, actor: PersonActor, { id, ...changes }: z.output<typeof updateSubjectInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockSubjects(tx, actor);
    const select = { title: true, about: true, maxPrimary: true } as const;
    const before = await tx.subject.findUnique({ where: { id }, select });
    if (!before) throw new AppError('SUBJECTS_NOT_FOUND');
    const after = await tx.subject.update({ where: { id }, data: changes, select });
    if (before.title === after.title && before.about === after.about && before.maxPrimary === after.maxPrimary) return;
    await recordAudit(app, tx, actor, { action: 'subject.update', subject: id, label: after.title, before, after });
  });
}

type Deleted = z.output<typeof deletedSubjectDto>;

/**
 * Only a subject that no course has, a deleted one neither: that could be put back. Gives back all there was of it.
 * @throws AppError SUBJECTS_NOT_FOUND, SUBJECTS_IN_USE
 */
export async function deleteSubject(app: App, actor: PersonActor, { id }: z.output<typeof itemInput>): Promise<Deleted> {
  return app.db.$transaction(async (tx) => {
    await lockSubjects(tx, actor);
    const scales = { select: { year: true, points: true }, orderBy: { year: 'asc' } } as const;
    const columns = { id: true, slug: true, title: true, about: true, maxPrimary: true } as const;
    const found = await tx.subject.findUnique({ where: { id }, select: { ...columns, scales, _count: { select: { courses: true } } } });
    if (!found) throw new AppError('SUBJECTS_NOT_FOUND');
    const { _count, ...subject } = found;
    if (_count.courses > 0) throw new AppError('SUBJECTS_IN_USE', { courses: _count.courses });
    await tx.subject.delete({ where: { id }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'subject.delete', subject: id, label: subject.title, before: subject });
    return subject;
  });
}

/** Takes a deletion back, at the end of the list. */
export async function restoreSubject(app: App, actor: PersonActor, { scales, ...subject }: Deleted): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const subjects = await lockSubjects(tx, actor);
    if (subjects.some((other) => other.id === subject.id)) return;
    const slug = freeSlug(
      subject.slug,
      subjects.map((other) => other.slug),
    );
    const position = Math.max(-1, ...subjects.map((other) => other.position)) + 1;
    await tx.subject.create({ data: { ...subject, slug, position, scales: { create: scales } }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'subject.restore', subject: subject.id, label: subject.title });
  });
}

/** Slugs and places are given to one change at a time, and no course takes a subject that is just being deleted. */
async function lockSubjects(tx: Tx, actor: PersonActor) {
  forModerators(actor);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('course.import', 0))`;
  return tx.subject.findMany({ select: { id: true, slug: true, position: true } });
}
