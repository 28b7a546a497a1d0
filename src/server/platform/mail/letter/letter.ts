/**
 * The one frame of all letters: title, parts, why one gets it. HTML for people and the same as text, for those whose program shows nothing else. Both
 * are made from the same parts, so neither says what the other does not.
 */
import { catalogues } from '#shared/i18n/server.ts';
import { tie } from '#shared/i18n/typeset.ts';
import { attributesOf } from '../../formats/mail-html.ts';
import { mailFont, mailHeadStyle } from '../../formats/mail-style.ts';
import type { LetterAttachment } from '../../mail.ts';
import { escapeHtml } from '../../markdown/text.ts';
import { attachmentsOf, partHtml } from './part-html.ts';
import { partText } from './part-text.ts';
import type { Part } from './parts.ts';

export interface LetterContent {
  locale: 'ru' | 'en';
  siteUrl: string;
  /** Over the letter; the subject may be another one. */
  title: string;
  parts: readonly Part[];
  footer?: LetterFooter;
}

export interface LetterFooter {
  /** Why the person gets this letter. */
  reason: string;
  /** Absolute, or a path of the school. */
  settingsUrl?: string;
  unsubscribeUrl?: string;
}

export interface WrittenLetter {
  text: string;
  html: string;
  attachments: LetterAttachment[];
}

export function writeLetter(content: LetterContent): WrittenLetter {
  return { text: letterText(content), html: letterHtml(content), attachments: attachmentsOf(content.parts) };
}

function letterText({ locale, siteUrl, title, parts, footer }: LetterContent): string {
  const { frame } = catalogues[locale].mail;
  const lines = [title, ...parts.map((part) => partText(part, siteUrl)), frame.brandInText];
  if (footer) lines.push([footer.reason, ...linksOf(footer, locale, siteUrl).map(({ label, url }) => `${label}: ${url}`)].join('\n'));
  return lines.filter((line) => line !== '').join('\n\n');
}

function letterHtml(content: LetterContent): string {
  const { locale, siteUrl, title, parts } = content;
  const set = (text: string) => escapeHtml(locale === 'ru' ? tie(text) : text);
  const { frame } = catalogues[locale].mail;
  const body = parts.map((part) => partHtml(part, content)).join('');
  return [
    `<!doctype html><html lang="${locale}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    // A phone that takes a code for a telephone number makes a link of it.
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no"><meta name="x-apple-disable-message-reformatting">',
    `<title>${set(title)}</title><style>${mailHeadStyle}</style></head>`,
    '<body class="m-page" style="margin:0;padding:0;background-color:#FFFFFF">',
    hidden(set(beginningOf(parts, siteUrl))),
    '<table role="presentation" class="m-page" width="100%" border="0" cellpadding="0" cellspacing="0" style="background-color:#FFFFFF"><tr><td align="center" style="padding:24px 16px">',
    // Outlook for Windows knows no max-width.
    '<!--[if mso]><table role="presentation" width="600" border="0" cellpadding="0" cellspacing="0"><tr><td><![endif]-->',
    '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" style="max-width:600px;table-layout:fixed">',
    `<tr><td class="m-rule" align="left" style="padding:0 0 16px;border-bottom:1px solid #E3E7E6"><span class="m-brand" style="color:#02664C;font-family:${mailFont};font-size:20px;line-height:24px;font-weight:600">${frame.brand}</span></td></tr>`,
    `<tr><td align="left" style="padding:24px 0 8px;overflow-wrap:anywhere;word-break:break-word"><h1${attributesOf('title')}>${set(title)}</h1>${body}</td></tr>`,
    footerHtml(content, set),
    '</table><!--[if mso]></td></tr></table><![endif]--></td></tr></table></body></html>',
  ].join('\n');
}

function footerHtml({ footer, locale, siteUrl }: LetterContent, set: (text: string) => string): string {
  if (!footer) return '';
  const links = linksOf(footer, locale, siteUrl).map(
    ({ label, url }) => `<a href="${escapeHtml(url)}" class="m-second" style="color:#5C6461;text-decoration:underline">${set(label)}</a>`,
  );
  const lines = [set(footer.reason), links.join(' &nbsp; ')].filter((line) => line !== '');
  const paragraphs = lines.map((line) => `<p${attributesOf('small')}>${line}</p>`).join('');
  return `<tr><td class="m-rule" align="left" style="padding:16px 0 0;border-top:1px solid #E3E7E6">${paragraphs}</td></tr>`;
}

function linksOf({ settingsUrl, unsubscribeUrl }: LetterFooter, locale: 'ru' | 'en', siteUrl: string): { label: string; url: string }[] {
  const { frame } = catalogues[locale].mail;
  return [
    ...(settingsUrl === undefined ? [] : [{ label: frame.settings, url: new URL(settingsUrl, siteUrl).href }]),
    ...(unsubscribeUrl === undefined ? [] : [{ label: frame.unsubscribe, url: new URL(unsubscribeUrl, siteUrl).href }]),
  ];
}

/** What lists of letters show beside the subject: without it they would show the name of the school and the subject once more. */
function beginningOf(parts: readonly Part[], siteUrl: string): string {
  const text = parts
    .map((part) => partText(part, siteUrl))
    .join(' ')
    .replace(/\s+/g, ' ');
  return text.length > 140 ? `${text.slice(0, 140).replace(/\S*$/, '').trimEnd().toWellFormed()}…` : text;
}

/** Shown in lists only. The signs behind it keep the beginning of the letter out of the same line. */
function hidden(text: string): string {
  const filler = '&#847;&zwnj;&nbsp;'.repeat(60);
  return `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px">${text}${filler}</div>`;
}
