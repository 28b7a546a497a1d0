import { tie } from '#shared/i18n/typeset.ts';
import { attributesOf, toMailHtml } from '../../formats/mail-html.ts';
import { mailFont } from '../../formats/mail-style.ts';
import { readable } from '../../formats/readable.ts';
import type { LetterAttachment } from '../../mail.ts';
import { escapeHtml } from '../../markdown/text.ts';
import type { LetterContent } from './letter.ts';
import type { Part } from './parts.ts';

/** A part of a letter in its HTML. */
export function partHtml(part: Part, { locale, siteUrl, parts }: LetterContent): string {
  const set = (text: string) => escapeHtml(locale === 'ru' ? tie(readable(text)) : readable(text)).replaceAll('\n', '<br>');
  switch (part.kind) {
    case 'paragraph':
      return `<p${attributesOf('paragraph')}>${set(part.text.trim())}</p>`;
    case 'markdown':
      return toMailHtml(part.source, { siteUrl, lines: part.lines, locale });
    case 'code':
      return codeHtml(set(part.label), part.code);
    case 'button':
      return buttonHtml(set(part.label), new URL(part.url, siteUrl).href);
    case 'picture':
      return pictureHtml(part, cidOf(part, parts));
  }
}

/** What the parts take along. */
export function attachmentsOf(parts: readonly Part[]): LetterAttachment[] {
  return parts.flatMap((part) =>
    part.kind === 'picture' && 'content' in part.at ? [{ cid: cidOf(part, parts), filename: part.name, ...part.at }] : [],
  );
}

function pictureHtml({ alt, at, width }: Extract<Part, { kind: 'picture' }>, cid: string): string {
  const src = 'url' in at ? at.url : `cid:${cid}`;
  // Outlook for Windows shows a picture as wide as it is, whatever the style says.
  return `<img src="${escapeHtml(src)}" width="${Math.min(width ?? 600, 600)}" alt="${escapeHtml(alt)}"${attributesOf('picture')}>`;
}

/** By place and not by name: two pictures of one letter may be called the same. */
function cidOf(part: Part, parts: readonly Part[]): string {
  return `picture-${parts.indexOf(part) + 1}@letter`;
}

/** Large, in figures of one width, and in one piece, so that a double click takes all of it. */
function codeHtml(label: string, code: string): string {
  return `<p${attributesOf('small')}>${label}</p><p class="m-code" style="margin:0 0 24px;padding:12px 20px;border-radius:8px;background-color:#EFF2F1;color:#141B19;font-family:${mailFont};font-size:32px;line-height:40px;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:6px">${escapeHtml(code)}</p>`;
}

/** A cell with a colour and not a link with one: Outlook for Windows paints only cells. */
function buttonHtml(label: string, url: string): string {
  return (
    `<table role="presentation" border="0" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr><td class="m-button" align="center" bgcolor="#02664C" style="border-radius:8px;background-color:#02664C">` +
    `<a href="${escapeHtml(url)}" class="m-press" style="display:inline-block;padding:12px 20px;color:#FFFFFF;font-family:${mailFont};font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${label}</a></td></tr></table>`
  );
}
