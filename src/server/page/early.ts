import { catalogue } from '#shared/i18n/ru/all.ts';
import { escapeHtml } from '../platform/markdown/text.ts';

/**
 * What is drawn before the scripts are there, and replaced by them as a whole: the bar with the logo, and for a guest what the home begins with, which
 * is the largest thing on a phone. Its looks are in base.css of the browser.
 * @param logo the drawing itself: an address would be another request
 */
export function earlyFrame(logo: string, isGuestsHome: boolean): string {
  const title = isGuestsHome ? `<main class="early-main"><h1>${escapeHtml(catalogue.home.title)}</h1></main>` : '';
  return `<div class="early"><header class="early-bar">${logo}</header>${title}</div>`;
}
