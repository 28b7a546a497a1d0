import type { Locale } from '#shared/auth.ts';
import type { ConsentDueDto, PrivacyPolicyDto } from '#shared/personal-data.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { getOperator } from '../../../settings/operator/queries.ts';
import { consentVersion, getConsentText, policyHtml, policyVersion } from '../../consent.ts';

/** The edition a student is to be asked about; null where they have agreed to it, and for moderators, who are not asked. */
export async function findConsentDue(app: App, actor: PersonActor, locale: Locale): Promise<ConsentDueDto | null> {
  if (actor.role !== 'student') return null;
  const given = await app.db.consent.findMany({
    where: { personId: actor.id, document: 'personal-data' },
    orderBy: [{ agreedAt: 'desc' }, { id: 'desc' }],
    select: { version: true },
  });
  if (given.some(({ version }) => version === consentVersion)) return null;
  return { ...getConsentText(app, locale), former: given[0]?.version ?? null };
}

export async function getPrivacyPolicy(app: App, locale: Locale): Promise<PrivacyPolicyDto> {
  const operator = await getOperator(app);
  const complete = Object.values(operator).every((value) => value !== '');
  return { version: policyVersion, html: policyHtml(app, locale, operator), complete };
}
