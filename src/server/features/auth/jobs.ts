import { codeRules } from '#shared/auth.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { writeLetter } from '../../platform/mail/letter/letter.ts';
import type { Part } from '../../platform/mail/letter/parts.ts';
import { type Letter, MailError } from '../../platform/mail.ts';
import { removeExpired, type SendCode, sendCode } from './job-kinds.ts';
import { deriveCode } from './rules.ts';

async function writeCodeLetter(app: App, { codeId, locale, reason }: SendCode) {
  const row = await app.db.loginCode.findFirst({
    where: { id: codeId, usedAt: null, expiresAt: { gt: app.clock.now() } },
    select: { email: true, person: { select: { blockedAt: true, eraseAt: true } } },
  });
  // Who has deleted the account may change their mind.
  if (!row || (row.person?.blockedAt && !row.person.eraseAt)) return;
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

function words(app: App, { codeId, locale, reason }: SendCode, known: Known): Omit<Letter, 'to'> {
  const { mail } = catalogues[locale];
  const { publicUrl: siteUrl } = app.config;
  if (known === 'student') {
    const { title, before, label, after } = {
      'sign-in': mail.code,
      register: mail.code,
      exists: mail.alreadyRegistered,
      erase: mail.erase,
    }[reason];
    const code = deriveCode(app.secrets, codeId);
    // No button and no link: mail scanners press what they find.
    const parts = [...paragraphs(before), { kind: 'code' as const, label, code }, ...paragraphs(after(codeRules.minutes))];
    return { subject: (reason === 'erase' ? mail.erase : mail.code).subject(code), ...writeLetter({ locale, siteUrl, title, parts }) };
  }
  const { title, before, button, after } = known === 'moderator' ? mail.moderator : mail.noAccount;
  const url = known === 'moderator' ? '/admin/login' : '/register';
  const parts = [...paragraphs(before), { kind: 'button' as const, label: button, url }, ...paragraphs(after)];
  return { subject: title, ...writeLetter({ locale, siteUrl, title, parts }) };
}

function paragraphs(texts: readonly string[]): Part[] {
  return texts.map((text) => ({ kind: 'paragraph', text }));
}

async function removeExpiredRows(app: App): Promise<void> {
  const weekAgo = new Date(app.clock.now().getTime() - 7 * 86_400_000);
  await app.sessions.removeExpired();
  await app.db.loginCode.deleteMany({ where: { expiresAt: { lt: weekAgo } } });
  await app.db.rateLimit.deleteMany({ where: { expire: { lt: app.clock.now().getTime() } } });
}

export const authJobs: JobHandler[] = [handle(sendCode, writeCodeLetter), handle(removeExpired, removeExpiredRows)];
