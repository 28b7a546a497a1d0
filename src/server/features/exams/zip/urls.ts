import type { App, PersonActor } from '../../../platform/app.ts';
import { readAddress, signedEnd } from '../../files/urls.ts';

/**
 * Where this person, and nobody else, finds all files of an attempt in one archive for some hours.
 * @param files of the tasks of the attempt, one entry for every task that names one: the archive has a folder for each task
 * @returns null where there is nothing to pack
 */
export function zipOf(
  app: App,
  actor: Pick<PersonActor, 'id'>,
  attemptId: string,
  files: readonly { size: number }[],
): { url: string; size: number } | null {
  if (files.length === 0) return null;
  return { url: zipUrl(app, actor, attemptId), size: files.reduce((sum, { size }) => sum + size, 0) };
}

export function zipUrl(app: App, actor: Pick<PersonActor, 'id'>, attemptId: string): string {
  return `/exams/${attemptId}/files.zip?${signedEnd(app, actor.id, 'zip', attemptId)}`;
}

/** Was this address given to this person, and has it not ended? */
export function isGiven(app: App, actor: PersonActor, attemptId: string, query: { e?: unknown; s?: unknown }): boolean {
  return readAddress(app, actor, 'zip', attemptId, query) !== null;
}
