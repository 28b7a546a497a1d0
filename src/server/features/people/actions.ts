import type * as z from 'zod';
import type { MeDto } from '#shared/auth.ts';
import { AppError } from '#shared/errors.ts';
import type { updateMeInput } from '#shared/people.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import { findMe } from '../auth/queries.ts';
import { registryWrite } from '../registry/job-kinds.ts';
import { readPhone } from './phone.ts';

/**
 * A person corrects their own data.
 * @throws AppError INPUT_INVALID for a phone that cannot be
 */
export async function updateMe(app: App, actor: PersonActor, input: z.output<typeof updateMeInput>): Promise<MeDto> {
  const { phone: typedPhone, ...rest } = input;
  const phone = typedPhone === undefined ? undefined : readPhone(typedPhone);
  if (phone === 'invalid') throw AppError.invalid({ field: 'phone', code: 'phone-invalid' });
  const fields = { ...rest, ...(phone === undefined ? {} : { phone }) };
  await app.db.$transaction(async (tx) => {
    const before = await tx.person.findUniqueOrThrow({
      where: { id: actor.id },
      select: { firstName: true, lastName: true, phone: true, timeZone: true, locale: true },
    });
    await tx.person.update({ where: { id: actor.id }, data: fields, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'person.update', subject: actor.id, before, after: fields });
    const listed = input.firstName !== undefined || input.lastName !== undefined || phone !== undefined;
    if (listed && actor.role === 'student') await app.jobs.enqueue(tx, registryWrite, {});
  });
  const me = await findMe(app, actor.id);
  if (!me) throw new AppError('AUTH_SESSION_REQUIRED');
  return me;
}
