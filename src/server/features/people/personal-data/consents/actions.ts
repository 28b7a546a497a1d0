import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { registryWrite } from '../../../registry/job-kinds.ts';
import { consentVersion } from '../../consent.ts';

/**
 * A student agrees to the edition they have read. Twice is once. The journal is the table itself: rows are only added.
 * @throws AppError AUTH_FORBIDDEN; INPUT_INVALID where a newer edition has come meanwhile
 */
export async function agreeToConsent(app: App, actor: PersonActor, ip: string, input: { version: string }): Promise<void> {
  if (actor.role !== 'student') throw new AppError('AUTH_FORBIDDEN');
  if (input.version !== consentVersion) throw AppError.invalid({ field: 'version', code: 'consent-outdated' });
  await app.db.$transaction(async (tx) => {
    // Two tabs at once: the second finds what the first has written.
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${actor.id}::uuid FOR UPDATE`;
    const agreed = { personId: actor.id, document: 'personal-data', version: consentVersion };
    if ((await tx.consent.count({ where: agreed })) > 0) return;
    await tx.consent.create({ data: { ...agreed, agreedAt: app.clock.now(), ip }, select: { id: true } });
    await app.jobs.enqueue(tx, registryWrite, {});
  });
}
