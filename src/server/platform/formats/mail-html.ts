import type { Element, ElementContent, Nodes, Parents, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { tie } from '#shared/i18n/typeset.ts';
import { escapeHtml, textOf } from '../markdown/text.ts';
import { formulaAsText } from './formula-text.ts';
import { absoluteAddress, pictureAddress } from './linear.ts';
import { type MailLook, mailLooks } from './mail-style.ts';
import { readable } from './readable.ts';
import { type Lines, safeTree } from './safe-tree.ts';

export interface MailHtmlOptions {
  siteUrl: string;
  lines?: Lines;
  /** Russian text is set as an editor would. Default `ru`. */
  locale?: 'ru' | 'en';
}

/** Links have no links in them. */
type Place = MailHtmlOptions & { inLink?: boolean };

const writer = unified().use(rehypeStringify).freeze();

/**
 * Markdown as a piece of a letter. Sanitised first; then every element gets a look of its own, because mail programs keep little of a style sheet.
 * Nothing refers to the page it came from: no ids, no relative addresses, no scripts. Never throws.
 */
export function toMailHtml(markdown: string, options: MailHtmlOptions): string {
  const source = readable(markdown);
  const tree = safeTree(source, options.lines ?? 'joined');
  if (!tree) return `<div${attributesOf('paragraph')}>${escapeHtml(source.trim()).replaceAll('\n', '<br>')}</div>`;
  const dressed: Root = { type: 'root', children: dressChildren(tree, options) };
  return writer.stringify(dressed);
}

/** The look of an element that is written by hand. */
export function attributesOf(look: MailLook): string {
  const { name, style } = mailLooks[look];
  return ` class="${name}" style="${style}"`;
}

const lookOf: Record<string, MailLook> = {
  p: 'paragraph',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  a: 'link',
  ul: 'list',
  ol: 'list',
  li: 'item',
  blockquote: 'quote',
  code: 'code',
  pre: 'program',
  table: 'table',
  td: 'cell',
  th: 'headCell',
  hr: 'rule',
};

function dressChildren(parent: Parents, options: Place): ElementContent[] {
  return parent.children.flatMap((child: Nodes): ElementContent[] => {
    if (child.type === 'text') return [{ type: 'text', value: options.locale === 'en' ? child.value : tie(child.value) }];
    return child.type === 'element' ? dress(child, options) : [];
  });
}

function dress(it: Element, options: Place): ElementContent[] {
  switch (it.tagName) {
    case 'input':
      return [{ type: 'text', value: it.properties.checked ? '☑' : '☐' }];
    case 'img':
      return picture(it, options);
    case 'code':
      return [hasClass(it, 'math-inline') ? formula(textOf(it)) : made('code', 'code', [{ type: 'text', value: textOf(it) }])];
    case 'pre':
      return [program(it)];
    case 'a':
      return link(it, options);
    case 'table':
      return [made('div', 'wide', [made('table', 'table', dressChildren(it, options))])];
    case 'section':
      return [made('hr', 'rule', []), ...dressChildren(it, options)];
    case 'h1':
    case 'h2':
    case 'h3':
      if (it.properties.id === 'footnote-label') return [];
      // The title of the letter is its only heading of the first level.
      return [made(it.tagName === 'h3' ? 'h3' : 'h2', 'heading', dressChildren(it, options))];
  }
  const look = lookOf[it.tagName];
  const children = dressChildren(it, options);
  if (look === undefined) return [{ type: 'element', tagName: it.tagName, properties: {}, children }];
  const dressed = made(it.tagName, look, children);
  if (it.properties.start !== undefined) dressed.properties.start = it.properties.start;
  if (look === 'cell' || look === 'headCell') dressed.properties.align = it.properties.align ?? 'left';
  return [dressed];
}

function made(tagName: string, look: MailLook, children: ElementContent[]): Element {
  const { name, style } = mailLooks[look];
  return { type: 'element', tagName, properties: { className: [name], style }, children };
}

function link(it: Element, options: Place): ElementContent[] {
  if (it.properties.dataFootnoteBackref !== undefined) return [];
  const typed = String(it.properties.href ?? '');
  const href = absoluteAddress(typed, options.siteUrl) ?? (/^mailto:/i.test(typed) ? typed : null);
  const children = dressChildren(it, { ...options, inLink: href !== null });
  if (href === null) return children;
  const dressed = made('a', 'link', children);
  return [{ ...dressed, properties: { href, ...dressed.properties } }];
}

/** Nothing is loaded from other hosts, for that would tell them who reads the letter. */
function picture(it: Element, { siteUrl, inLink }: Place): ElementContent[] {
  const alt = String(it.properties.alt ?? '').trim();
  const href = pictureAddress(String(it.properties.src ?? ''), siteUrl);
  if (href === null) return alt === '' ? [] : [{ type: 'text', value: `[${alt}]` }];
  if (inLink) return [{ type: 'text', value: alt || href }];
  const dressed = made('a', 'link', [{ type: 'text', value: alt || href }]);
  return [{ ...dressed, properties: { href, ...dressed.properties } }];
}

function program(it: Element): Element {
  const [inner] = it.children;
  const source = textOf(it).replace(/(?<!\n)\n+$/, '');
  if (inner?.type === 'element' && hasClass(inner, 'math-display')) return made('p', 'paragraph', [formula(source)]);
  return made('pre', 'program', [{ type: 'text', value: source }]);
}

function formula(tex: string): ElementContent {
  const text = formulaAsText(tex);
  return text === null
    ? made('code', 'code', [{ type: 'text', value: tex.trim() }])
    : { type: 'text', value: text.replaceAll(' ', '\u00a0') };
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties.className) && properties.className.includes(name);
}
