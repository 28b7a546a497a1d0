/** Addresses as Telegram takes them. */
import { escapeTelegram } from '../formats/telegram.ts';

/** A button with `http://localhost` would cost the whole message. */
export function publicLink(url: string): string {
  return url.replace(/^(https?:\/\/)localhost(?=[:/?#]|$)/i, '$1127.0.0.1');
}

function isTaken(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).hostname.includes('.');
}

export interface LinkButton {
  label: string;
  url: string;
}

/**
 * Where a button goes: under the message, or, where there can be none or Telegram does not take its address (a name of the school's own network), as a
 * line of the text.
 */
export function placeButton(
  html: string,
  button: LinkButton | undefined,
  canHaveButtons = true,
): { html: string; button: { text: string; url: string } | null } {
  if (!button) return { html, button: null };
  const url = publicLink(button.url);
  if (isTaken(url) && canHaveButtons) return { html, button: { text: button.label, url } };
  const line = escapeTelegram(buttonLine(button));
  const href = escapeTelegram(url).replaceAll('"', '&quot;');
  return { html: `${html}\n\n${isTaken(url) ? `<a href="${href}">${line}</a>` : line}`, button: null };
}

/** Units that the line of a button takes from the text above it; 0 where it goes under the message. */
export function buttonRoom(button: LinkButton | null | undefined, canHaveButtons = true): number {
  if (!button || (canHaveButtons && isTaken(publicLink(button.url)))) return 0;
  return `\n\n${buttonLine(button)}`.length;
}

function buttonLine({ label, url }: LinkButton): string {
  const link = publicLink(url);
  return isTaken(link) ? label : `${label}: ${link}`;
}
