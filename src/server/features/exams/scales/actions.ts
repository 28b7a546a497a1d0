import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { restoreScaleInput, saveScaleInput, scaleInput } from '#shared/exams.ts';
import { type ScaleSavedDto, scaleProblem } from '#shared/scales.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { forModerators } from '../../courses/office/access.ts';
import { examsOnScales } from './queries.ts';

/**
 * Writes the scale of a subject and year. Who edited another table than the one that stands there now gets that one back.
 * @throws AppError SUBJECTS_NOT_FOUND, SCALES_INVALID
 */
export async function saveScale(app: App, actor: PersonActor, input: z.output<typeof saveScaleInput>): Promise<ScaleSavedDto> {
  const { subjectId, year, points, maxPrimary, former } = input;
  refuseInvalid(points, maxPrimary);
  return app.db.$transaction(async (tx) => {
    const subject = await lockSubject(tx, actor, subjectId);
    const stored = await readScale(tx, { subjectId, year });
    // Sent twice, or two teachers typed the same: it is there already.
    if (isDeepStrictEqual(stored, points)) return { outcome: 'saved' };
    if (!isDeepStrictEqual(stored, former)) return { outcome: 'conflict', points: stored };
    await writeScale(app, tx, actor, { subject, subjectId, year, before: stored, after: points });
    return { outcome: 'saved' };
  });
}

/**
 * Gives back what was removed, so that it can be restored.
 * @throws AppError SUBJECTS_NOT_FOUND, SCALES_NOT_FOUND, SCALES_IN_USE
 */
export async function removeScale(app: App, actor: PersonActor, input: z.output<typeof scaleInput>): Promise<{ points: number[] }> {
  return app.db.$transaction(async (tx) => {
    const subject = await lockSubject(tx, actor, input.subjectId);
    const points = await readScale(tx, input);
    if (!points) throw new AppError('SCALES_NOT_FOUND');
    const exams = (await examsOnScales(tx, input.subjectId))(input.subjectId, input.year);
    if (exams > 0) throw new AppError('SCALES_IN_USE', { exams });
    await tx.scale.delete({ where: { subjectId_year: input }, select: { year: true } });
    const before = { points: points.join(' ') };
    await recordAudit(app, tx, actor, { action: 'scale.remove', subject: input.subjectId, label: labelOf(subject, input.year), before });
    return { points };
  });
}

/**
 * Takes a removal back. Where somebody has written another table meanwhile, that one stays.
 * @throws AppError SUBJECTS_NOT_FOUND, SCALES_INVALID
 */
export async function restoreScale(app: App, actor: PersonActor, input: z.output<typeof restoreScaleInput>): Promise<ScaleSavedDto> {
  const { subjectId, year, points } = input;
  refuseInvalid(points, points.length);
  return app.db.$transaction(async (tx) => {
    const subject = await lockSubject(tx, actor, subjectId);
    const stored = await readScale(tx, { subjectId, year });
    if (stored) return isDeepStrictEqual(stored, points) ? { outcome: 'saved' } : { outcome: 'conflict', points: stored };
    await writeScale(app, tx, actor, { subject, subjectId, year, before: null, after: points });
    return { outcome: 'saved' };
  });
}

function refuseInvalid(points: number[], maxPrimary: number): void {
  const problem = scaleProblem(points, maxPrimary);
  if (problem) throw new AppError('SCALES_INVALID', { ...problem });
}

/** Locked: scales of a subject are written one at a time, and by an import in the same order. Courses are made meanwhile. */
async function lockSubject(tx: Tx, actor: PersonActor, id: string): Promise<string> {
  forModerators(actor);
  const rows = await tx.$queryRaw<{ title: string }[]>`SELECT title FROM subject WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const subject = rows[0];
  if (!subject) throw new AppError('SUBJECTS_NOT_FOUND');
  return subject.title;
}

async function readScale(tx: Tx, { subjectId, year }: z.output<typeof scaleInput>): Promise<number[] | null> {
  const scale = await tx.scale.findUnique({ where: { subjectId_year: { subjectId, year } }, select: { points: true } });
  return scale?.points ?? null;
}

interface Write {
  subject: string;
  subjectId: string;
  year: number;
  before: number[] | null;
  after: number[];
}

async function writeScale(app: App, tx: Tx, actor: PersonActor, { subject, subjectId, year, before, after }: Write): Promise<void> {
  const key = { subjectId, year };
  const select = { year: true } as const;
  await tx.scale.upsert({ where: { subjectId_year: key }, create: { ...key, points: after }, update: { points: after }, select });
  await recordAudit(app, tx, actor, {
    action: 'scale.save',
    subject: subjectId,
    label: labelOf(subject, year),
    ...(before ? { before: { points: before.join(' ') } } : {}),
    after: { points: after.join(' ') },
  });
}

const labelOf = (subject: string, year: number) => `${subject}, ${year}`;
