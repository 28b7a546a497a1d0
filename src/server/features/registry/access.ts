import { AppError } from '#shared/errors.ts';
import type { Actor } from '../../platform/app.ts';

/**
 * The table of registrations is personal data of everybody: for moderators and the server itself.
 * @throws AppError AUTH_FORBIDDEN
 */
export function accessRegistry(actor: Actor): void {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
}
