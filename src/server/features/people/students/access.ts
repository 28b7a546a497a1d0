import { AppError } from '#shared/errors.ts';
import type { Actor, App, PersonActor } from '../../../platform/app.ts';

declare const proof: unique symbol;

/** A student, for somebody who may see everything of them. Only `accessStudent` makes one. */
export interface KnownStudent {
  readonly [proof]: 'known student';
  /** To ask for what the student sees, as the student. */
  self: PersonActor;
  firstName: string;
  lastName: string;
  /** As the journal calls them. */
  name: string;
  email: string;
  phone: string | null;
  blockedAt: Date | null;
}

/**
 * Personal data of everybody: for moderators and the server itself.
 * @throws AppError AUTH_FORBIDDEN
 */
export function accessStudents(actor: Actor): void {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
}

/**
 * One statement. A moderator's id is no student's.
 * @throws AppError AUTH_FORBIDDEN, STUDENTS_NOT_FOUND
 */
export async function accessStudent(app: App, actor: Actor, personId: string): Promise<KnownStudent> {
  accessStudents(actor);
  const row = await app.db.person.findFirst({
    where: { id: personId, role: 'student' },
    select: { firstName: true, lastName: true, email: true, phone: true, timeZone: true, blockedAt: true },
  });
  if (!row) throw new AppError('STUDENTS_NOT_FOUND');
  const { timeZone, ...rest } = row;
  const self: PersonActor = { kind: 'person', id: personId, role: 'student', timeZone };
  return { ...rest, self, name: nameOf(row) } as Omit<KnownStudent, typeof proof> as KnownStudent;
}

/** «Соколов Илья» */
export function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return `${lastName} ${firstName}`;
}
