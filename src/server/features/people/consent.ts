import { readFileSync } from 'node:fs';
import type { Locale } from '#shared/auth.ts';
import type { ConsentTextDto } from '#shared/people.ts';
import type { App } from '../../platform/app.ts';

/** The edition that registrations agree to now. A changed text is a new file with a new date, never an edit: the journal names editions. */
export const consentVersion = '2026-09-01';

const texts: Record<Locale, string> = { ru: readText('ru'), en: readText('en') };

function readText(locale: Locale): string {
  return readFileSync(new URL(`./consents/${consentVersion}.${locale}.md`, import.meta.url), 'utf8');
}

export function getConsentText(app: App, locale: Locale): ConsentTextDto {
  return { version: consentVersion, html: app.markdown.render(texts[locale], {}).html };
}
