import { codeRules } from '#shared/auth.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { removeExpired, sendCode } from './job-kinds.ts';
import { deriveCode } from './rules.ts';

async function writeCodeLetter(
  app: App,
  { codeId, locale, reason }: { codeId: string; locale: 'ru' | 'en'; reason: 'sign-in' | 'register' | 'exists' },
) {
  const row = await app.db.loginCode.findFirst({
    where: { id: codeId, usedAt: null, expiresAt: { gt: app.clock.now() } },
    select: { email: true, person: { select: { blockedAt: true } } },
  });
  if (!row || row.person?.blockedAt) return;
  const { mail } = catalogues[locale];
  if (!row.person) {
    await app.mail.send({ to: row.email, subject: mail.noAccount.subject, text: mail.noAccount.text(`${app.config.publicUrl}/register`) });
    return;
  }
  const code = deriveCode(app.secrets, codeId);
  const text = reason === 'exists' ? mail.alreadyRegistered.text(code, codeRules.minutes) : mail.code.text(code, codeRules.minutes);
  await app.mail.send({ to: row.email, subject: mail.code.subject(code), text });
}

async function removeExpiredRows(app: App): Promise<void> {
  const weekAgo = new Date(app.clock.now().getTime() - 7 * 86_400_000);
  await app.sessions.removeExpired();
  await app.db.loginCode.deleteMany({ where: { expiresAt: { lt: weekAgo } } });
  await app.db.rateLimit.deleteMany({ where: { expire: { lt: app.clock.now().getTime() } } });
}

export const authJobs: JobHandler[] = [handle(sendCode, writeCodeLetter), handle(removeExpired, removeExpiredRows)];
