import { readFileSync } from 'node:fs';
import type { Locale } from '#shared/auth.ts';
import type { ConsentTextDto } from '#shared/people.ts';
import type { Operator } from '#shared/personal-data.ts';
import type { App } from '../../platform/app.ts';

/** The edition that registrations agree to now. A changed text is a new file with a new date, never an edit: the journal names editions. */
export const consentVersion = '2026-11-23';
/** The edition of the privacy policy; nobody agrees to it, so an edit is a new file only where something is changed for people. */
export const policyVersion = '2026-11-23';

const texts: Record<Locale, string> = { ru: readText(`${consentVersion}.ru`), en: readText(`${consentVersion}.en`) };
const policies: Record<Locale, string> = { ru: readText(`privacy-${policyVersion}.ru`), en: readText(`privacy-${policyVersion}.en`) };

function readText(name: string): string {
  return readFileSync(new URL(`./consents/${name}.md`, import.meta.url), 'utf8');
}

export function getConsentText(app: App, locale: Locale): ConsentTextDto {
  return { version: consentVersion, html: app.markdown.render(texts[locale], {}).html };
}

const unknown: Record<Locale, string> = { ru: 'не указано', en: 'not given' };

/** The policy with what the office knows of the operator, as typed: none of it is markup. */
export function policyHtml(app: App, locale: Locale, operator: Operator): string {
  const filled = policies[locale].replace(/\{\{(name|inn|address|contact)\}\}/g, (_, field: keyof Operator) =>
    operator[field] === '' ? unknown[locale] : operator[field].replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&'),
  );
  return app.markdown.render(filled, {}).html;
}
