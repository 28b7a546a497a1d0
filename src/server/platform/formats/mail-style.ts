/**
 * Looks of a letter. Mail programs know little CSS and some none in the head, so every element carries its own; classes are there for dark screens
 * only. Values are the design's (tokens.md).
 */
export const mailFont = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const mailMono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

const text = `color:#141B19;font-family:${mailFont};font-size:16px;line-height:24px`;
const code = `font-family:${mailMono};background-color:#EFF2F1`;

// Words of a table stay whole: it scrolls where it is too wide.
const cell = `padding:6px 10px;border:1px solid #D2D7D5;vertical-align:top;overflow-wrap:normal;word-break:normal;${text}`;

/** Class and style of each kind of element. */
export const mailLooks = {
  paragraph: { name: 'm-text', style: `margin:0 0 16px;${text}` },
  title: { name: 'm-text', style: `margin:0 0 16px;color:#141B19;font-family:${mailFont};font-size:24px;line-height:30px;font-weight:600` },
  heading: {
    name: 'm-text',
    style: `margin:24px 0 8px;color:#141B19;font-family:${mailFont};font-size:18px;line-height:26px;font-weight:600`,
  },
  small: { name: 'm-second', style: `margin:0 0 8px;color:#5C6461;font-family:${mailFont};font-size:14px;line-height:20px` },
  link: { name: 'm-link', style: 'color:#02664C;text-decoration:underline' },
  list: { name: 'm-text', style: `margin:0 0 16px;padding:0 0 0 24px;${text}` },
  item: { name: 'm-text', style: 'margin:0 0 4px' },
  quote: { name: 'm-quote', style: 'margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #D2D7D5' },
  code: { name: 'm-code', style: `padding:1px 4px;border-radius:4px;font-size:14px;${code}` },
  program: {
    name: 'm-code',
    style: `margin:0 0 16px;padding:12px;border-radius:8px;color:#141B19;font-size:13px;line-height:20px;white-space:pre-wrap;overflow-wrap:anywhere;word-break:break-word;${code}`,
  },
  wide: { name: 'm-wide', style: 'margin:0 0 16px;overflow-x:auto' },
  table: { name: 'm-text', style: `border-collapse:collapse;${text}` },
  cell: { name: 'm-cell', style: cell },
  headCell: { name: 'm-cell', style: `${cell};font-weight:600` },
  rule: { name: 'm-rule', style: 'margin:24px 0;border:0;border-top:1px solid #E3E7E6' },
  picture: { name: 'm-picture', style: 'display:block;max-width:100%;height:auto;margin:0 0 16px;border:0;border-radius:8px' },
} as const;

export type MailLook = keyof typeof mailLooks;

/** On dark screens, where the mail program asks the letter and does not turn the colours round by itself. */
const dark: Record<string, string> = {
  'm-page': 'background-color:#141B19',
  'm-text': 'color:#EFF2F1',
  'm-second': 'color:#B6BCBA',
  'm-brand': 'color:#8ED4B9',
  'm-link': 'color:#8ED4B9',
  'm-quote': 'border-color:#474F4C',
  'm-code': 'background-color:#2B322F;color:#EFF2F1',
  'm-cell': 'border-color:#474F4C;color:#EFF2F1',
  'm-rule': 'border-color:#2B322F',
  'm-button': 'background-color:#8ED4B9',
  'm-press': 'color:#043E2D',
};

const rules = (before: string) =>
  Object.entries(dark).map(([name, style]) => `${before}.${name}{${style.replaceAll(/(?=;|$)/g, ' !important')}}`);

/** Of the head. The second half is for Outlook on the web, which marks the body in its own way. */
export const mailHeadStyle = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}',
  `@media (prefers-color-scheme:dark){${rules('').join('')}}`,
  ...rules('[data-ogsc] '),
].join('');
