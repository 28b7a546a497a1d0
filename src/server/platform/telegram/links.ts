/** Addresses as Telegram takes them. */
import { escapeTelegram } from '../formats/telegram.ts';

/** A button with `http://localhost` would cost the whole message. */
export function publicLink(url: string): string {
  return url.replace(/^(https?:\/\/)localhost(?=[:/?#]|$)/i, '$1127.0.0.1');
}

function isTaken(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).hostname.includes('.');
}

/**
 * Where a button goes: under the message, or, where there can be none or Telegram does not take its address (a name of the school's own network), as a
 * line of the text.
 */
export function placeButton(
  html: string,
  button: { label: string; url: string } | undefined,
  canHaveButtons = true,
): { html: string; button: { text: string; url: string } | null } {
  if (!button) return { html, button: null };
  const url = publicLink(button.url);
  if (!isTaken(url)) return { html: `${html}\n\n${escapeTelegram(`${button.label}: ${url}`)}`, button: null };
  if (canHaveButtons) return { html, button: { text: button.label, url } };
  const href = escapeTelegram(url).replaceAll('"', '&quot;');
  return { html: `${html}\n\n<a href="${href}">${escapeTelegram(button.label)}</a>`, button: null };
}
