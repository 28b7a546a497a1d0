/** `parse_mode: 'HTML'` by Telegram's own rules: few tags, four named entities, offsets in UTF-16, complaints with byte offsets. */
import type { MessageEntity } from 'grammy/types';
import { badRequest } from './api-error.ts';
import { openEntity, type Tag, tagNames } from './html-tags.ts';

export interface ParsedText {
  text: string;
  entities: MessageEntity[];
}

interface OpenTag extends Tag {
  /** Where in the text it begins. */
  offset: number;
}

export function parseHtml(source: string): ParsedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;

  const fail = (reason: string) => badRequest(`can't parse entities: ${reason}`);
  const byteOffset = (index: number) => Buffer.byteLength(source.slice(0, index));

  function startTag(begin: number): void {
    const name = /[^\s>]*/y;
    name.lastIndex = at;
    const tag = (name.exec(source)?.[0] ?? '').toLowerCase();
    at += tag.length;
    if (at >= source.length) throw fail(`Unclosed start tag at byte offset ${byteOffset(begin)}`);
    if (!tagNames.has(tag)) throw fail(`Unsupported start tag "${tag}" at byte offset ${byteOffset(begin)}`);
    const attributes = readAttributes(tag, begin);
    if (tag === 'span' && attributes.class !== 'tg-spoiler') {
      throw fail(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(begin)}`);
    }
    open.push({ name: tag, attributes, offset: text.length });
  }

  function readAttributes(tag: string, begin: number): Record<string, string> {
    const attributes: Record<string, string> = {};
    const attribute = /\s*([^\s=>]*)(?:\s*(=)\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.-]*)))?/y;
    for (;;) {
      while (/\s/.test(source[at] ?? '')) at += 1;
      if (at >= source.length) throw fail(`Unclosed start tag at byte offset ${byteOffset(begin)}`);
      if (source[at] === '>') {
        at += 1;
        return attributes;
      }
      attribute.lastIndex = at;
      const [whole = '', name = '', equals, double, single, bare] = attribute.exec(source) ?? [];
      if (name === '') throw fail(`Empty attribute name in the tag "${tag}" at byte offset ${byteOffset(begin)}`);
      at += whole.length;
      if (equals && double === undefined && single === undefined && !bare) {
        throw fail(
          at >= source.length || /["']/.test(source[at] ?? '')
            ? `Unclosed start tag at byte offset ${byteOffset(begin)}`
            : `Unexpected end of name token at byte offset ${byteOffset(at)}`,
        );
      }
      attributes[name.toLowerCase()] = decodeHtml(double ?? single ?? bare ?? '');
    }
  }

  function endTag(begin: number): void {
    const last = open.pop();
    if (!last) throw fail(`Unexpected end tag at byte offset ${byteOffset(begin)}`);
    const end = /\/([^\s>]*)\s*(>?)/y;
    end.lastIndex = at;
    const [whole = '', name = '', closed] = end.exec(source) ?? [];
    if (!closed) throw fail(`Unclosed end tag at byte offset ${byteOffset(begin)}`);
    at += whole.length;
    if (name !== '' && name.toLowerCase() !== last.name) {
      throw fail(`Unmatched end tag at byte offset ${byteOffset(begin)}, expected "</${last.name}>", found "</${name.toLowerCase()}>"`);
    }
    const length = text.length - last.offset;
    if (length > 0) entities.push(...openEntity(last, { offset: last.offset, length }, text.slice(last.offset)));
  }

  while (at < source.length) {
    const begin = at;
    const char = source[at] ?? '';
    if (char === '&') {
      const [raw, value] = entityAt(source, at);
      text += value;
      at += raw.length;
    } else if (char === '<') {
      at += 1;
      if (source[at] === '/') endTag(begin);
      else startTag(begin);
    } else {
      text += char;
      at += 1;
    }
  }
  const left = open.at(-1);
  if (left) throw fail(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities };
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** What stands here as written, and what it means. Anything but the four names and numbers is text. */
function entityAt(source: string, at: number): [string, string] {
  const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?/iy;
  entity.lastIndex = at;
  const [raw, decimal, hex, name] = entity.exec(source) ?? [];
  if (raw === undefined) return ['&', '&'];
  if (name !== undefined) return [raw, named[name.toLowerCase()] ?? raw];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isChar = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isChar ? [raw, String.fromCodePoint(code)] : ['&', '&'];
}

function decodeHtml(value: string): string {
  return value.replace(/&[^&]*/g, (piece) => {
    const [raw, meaning] = entityAt(piece, 0);
    return meaning + piece.slice(raw.length);
  });
}
