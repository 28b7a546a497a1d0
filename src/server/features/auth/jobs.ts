import { codeRules } from '#shared/auth.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { type Letter, MailError } from '../../platform/mail.ts';
import { removeExpired, type SendCode, sendCode } from './job-kinds.ts';
import { deriveCode } from './rules.ts';

async function writeCodeLetter(app: App, { codeId, locale, reason }: SendCode) {
  const row = await app.db.loginCode.findFirst({
    where: { id: codeId, usedAt: null, expiresAt: { gt: app.clock.now() } },
    select: { email: true, person: { select: { blockedAt: true } } },
  });
  if (!row || row.person?.blockedAt) return;
  try {
    const known = row.person ? 'student' : await findOther(app, row.email);
    await app.mail.send({ id: `code:${codeId}`, to: row.email, ...words(app, { codeId, locale, reason }, known) });
  } catch (error) {
    if (!(error instanceof MailError && error.permanent)) throw error;
    // The person sees «Нет письма?» on the page and corrects the address.
    app.log.warn({ err: error, codeId }, 'a letter with a code was refused for good');
  }
}

/** Whose address it is that no student has. Asked here and not where the code was requested, so that every request costs the same. */
async function findOther(app: App, email: string): Promise<'moderator' | 'nobody'> {
  return (await app.db.person.count({ where: { email, role: 'moderator' } })) > 0 ? 'moderator' : 'nobody';
}

type Known = 'student' | 'moderator' | 'nobody';

function words(app: App, { codeId, locale, reason }: SendCode, known: Known): Pick<Letter, 'subject' | 'text'> {
  const { mail } = catalogues[locale];
  const { publicUrl } = app.config;
  if (known === 'moderator') return { subject: mail.moderator.subject, text: mail.moderator.text(`${publicUrl}/admin/login`) };
  if (known === 'nobody') return { subject: mail.noAccount.subject, text: mail.noAccount.text(`${publicUrl}/register`) };
  const code = deriveCode(app.secrets, codeId);
  const { text } = reason === 'exists' ? mail.alreadyRegistered : mail.code;
  return { subject: mail.code.subject(code), text: text(code, codeRules.minutes) };
}

async function removeExpiredRows(app: App): Promise<void> {
  const weekAgo = new Date(app.clock.now().getTime() - 7 * 86_400_000);
  await app.sessions.removeExpired();
  await app.db.loginCode.deleteMany({ where: { expiresAt: { lt: weekAgo } } });
  await app.db.rateLimit.deleteMany({ where: { expire: { lt: app.clock.now().getTime() } } });
}

export const authJobs: JobHandler[] = [handle(sendCode, writeCodeLetter), handle(removeExpired, removeExpiredRows)];
