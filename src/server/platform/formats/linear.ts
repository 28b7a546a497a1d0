/**
 * A text as one line of characters with marks over ranges of it: the shape in which Telegram knows texts. Where it may be cut, how long it is and
 * what is marked are then questions about numbers.
 */
import type { Element, Nodes, Parents, Root } from 'hast';
import { readAddress } from '../markdown/address.ts';
import { textOf } from '../markdown/text.ts';
import { formulaAsText } from './formula-text.ts';
import { LineWriter } from './line-writer.ts';
import { tableAsText } from './table-text.ts';

export type MarkKind = 'b' | 'i' | 's' | 'code' | 'pre' | 'a' | 'blockquote';

/** The innermost comes last where several begin at one place. */
export interface TextMark {
  kind: MarkKind;
  start: number;
  end: number;
  /** Of a link: its address; of a program: its language. */
  detail?: string | undefined;
}

export interface LinearText {
  text: string;
  marks: TextMark[];
}

export interface LinearOptions {
  siteUrl: string;
  /** For plain text: addresses stand in brackets behind what they are the address of. */
  plain?: boolean;
}

/** An address that leads somewhere from outside the site as well; null for all others. */
export function absoluteAddress(typed: string, siteUrl: string): string | null {
  const address = readAddress(typed, siteUrl);
  if (address.kind === 'outside') return address.href;
  return address.kind === 'inside' ? new URL(address.href, siteUrl).href : null;
}

/** Of a picture that is worth a link. */
export function pictureAddress(typed: string, siteUrl: string): string | null {
  const address = readAddress(typed, siteUrl);
  return address.kind === 'outside' ? address.href : null;
}

export function linearOf(tree: Root, { siteUrl, plain = false }: LinearOptions): LinearText {
  const writer = new LineWriter();
  /** Gap between two blocks: a blank line, inside a list none. */
  let gap = 2;

  function children(parent: Parents): void {
    for (const child of parent.children) node(child);
  }

  function node(child: Nodes): void {
    if (child.type === 'text') writer.words(child.value);
    else if (child.type === 'element') element(child);
  }

  const writers: Record<string, (it: Element) => void> = {
    p: (it) => block(() => children(it)),
    strong: (it) => writer.marked({ kind: 'b' }, () => children(it)),
    em: (it) => writer.marked({ kind: 'i' }, () => children(it)),
    del: (it) => writer.marked({ kind: 's' }, () => children(it)),
    br: () => writer.lineBreak(),
    hr: () => block(() => writer.words('———')),
    a: link,
    sup: (it) => writer.words(`[${textOf(it)}]`),
    code,
    pre: program,
    blockquote: (it) => block(() => writer.marked({ kind: 'blockquote' }, () => children(it))),
    ul: (it) => list(it, () => '• '),
    ol: (it) => list(it, (place) => `${Number(it.properties.start ?? 1) + place}. `),
    input: (it) => writer.words(it.properties.checked ? '☑ ' : '☐ '),
    table: (it) => block(() => writer.marked({ kind: 'pre' }, () => writer.asTyped(tableAsText(it, cellText)))),
    img: picture,
  };

  function element(it: Element): void {
    const write = /^h[1-6]$/.test(it.tagName) ? heading : (writers[it.tagName] ?? children);
    write(it);
  }

  function heading(it: Element): void {
    // The heading of the notes is the site's and not the author's.
    if (it.properties.id === 'footnote-label') return;
    block(() => writer.marked({ kind: 'b' }, () => children(it)));
    // On the line over its text, so that no cut comes between.
    writer.keepClose();
  }

  function block(write: () => void): void {
    writer.gap(gap);
    write();
    writer.gap(gap);
  }

  function list(it: Element, bullet: (place: number) => string): void {
    const around = gap;
    writer.gap(around);
    gap = 1;
    let place = 0;
    for (const item of it.children) {
      if (item.type !== 'element') continue;
      writer.item(bullet(place), () => children(item));
      place += 1;
    }
    gap = around;
    writer.gap(around);
  }

  function link(it: Element): void {
    if (it.properties.dataFootnoteBackref !== undefined) return;
    const typed = String(it.properties.href ?? '');
    const href = absoluteAddress(typed, siteUrl);
    if (href === null) {
      children(it);
      const mail = /^mailto:([^?]+)/i.exec(typed)?.[1];
      if (mail !== undefined && mail !== textOf(it)) writer.words(` (${mail})`);
    } else if (!plain) {
      writer.marked({ kind: 'a', detail: href }, () => children(it));
    } else {
      children(it);
      const shown = textOf(it);
      if (shown !== href && `${shown}/` !== href && shown !== typed) writer.words(shown.trim() === '' ? href : ` (${href})`);
    }
  }

  function code(it: Element): void {
    const source = textOf(it);
    if (hasClass(it, 'math-inline')) formula(source);
    else writer.marked({ kind: 'code' }, () => writer.asTyped(source.replace(/\s+/g, ' ')));
  }

  function program(it: Element): void {
    const [inner] = it.children;
    const source = textOf(it).replace(/(?<!\n)\n+$/, '');
    if (inner?.type === 'element' && hasClass(inner, 'math-display')) block(() => formula(source));
    else
      block(() =>
        writer.marked({ kind: 'pre', detail: inner?.type === 'element' ? languageOf(inner) : undefined }, () => writer.asTyped(source)),
      );
  }

  function formula(tex: string): void {
    const text = formulaAsText(tex);
    if (text !== null) writer.asTyped(text);
    else writer.marked({ kind: 'code' }, () => writer.asTyped(tex.replace(/\s+/g, ' ').trim()));
  }

  function cellText(cell: Element): string {
    return linearOf({ type: 'root', children: cell.children }, { siteUrl, plain }).text;
  }

  /** One of another host is a link, as on the site; all others are their words. */
  function picture(it: Element): void {
    const alt = String(it.properties.alt ?? '').trim();
    const href = pictureAddress(String(it.properties.src ?? ''), siteUrl);
    if (href === null) writer.words(alt === '' ? '' : `[${alt}]`);
    else if (plain) writer.words(alt === '' ? href : `${alt} (${href})`);
    else writer.marked({ kind: 'a', detail: href }, () => writer.words(alt || href));
  }

  children(tree);
  return writer.finish();
}

function classesOf({ properties }: Element): string[] {
  return Array.isArray(properties.className) ? properties.className.map(String) : [];
}

function hasClass(element: Element, name: string): boolean {
  return classesOf(element).includes(name);
}

function languageOf(code: Element): string | undefined {
  return classesOf(code).flatMap((name) => /^language-([\w+#.-]+)$/.exec(name)?.[1]?.toLowerCase() ?? [])[0];
}
