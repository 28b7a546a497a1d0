import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { OpenFile } from '../courses/access.ts';
import { accessTask, type OpenTask } from '../tasks/access.ts';

declare const proof: unique symbol;

/** A long task that is open to this student. Only `accessLongTask` makes one. */
export interface OpenLongTask {
  readonly [proof]: 'open long task';
  id: string;
  task: OpenTask;
}

/**
 * The task of a work, for the student who may work at it.
 * @throws AppError TASKS_NOT_FOUND also for a task that the checker grades, and those of `accessTask`
 */
export async function accessLongTask(app: App, actor: PersonActor, taskId: string): Promise<OpenLongTask> {
  const task = await accessTask(app, actor, taskId);
  if (task.row.spec.kind !== 'long') throw new AppError('TASKS_NOT_FOUND');
  return { id: taskId, task } as OpenLongTask;
}

/** A work of this very student. */
export interface OwnWork {
  readonly [proof]: 'own work';
  id: string;
  taskId: string;
}

/** @throws AppError REVIEWS_NOT_FOUND for an unknown work as well as for somebody else's */
export async function accessOwnWork(app: App, actor: PersonActor, workId: string): Promise<OwnWork> {
  const row = await app.db.work.findFirst({ where: { id: workId, personId: actor.id }, select: { id: true, taskId: true } });
  if (!row) throw new AppError('REVIEWS_NOT_FOUND');
  return row as OwnWork;
}

/**
 * A file of a work: for the student who handed it in, and for moderators.
 * @throws AppError FILES_NOT_FOUND for an unknown id as well as for somebody else's
 */
export async function accessWorkFile(app: App, actor: PersonActor, fileId: string): Promise<OpenFile> {
  const mine = actor.role === 'moderator' ? {} : { work: { personId: actor.id } };
  const file = await app.db.workFile.findFirst({
    where: { id: fileId, ...mine },
    select: { name: true, mime: true, size: true, storageKey: true },
  });
  if (!file) throw new AppError('FILES_NOT_FOUND');
  return file;
}
