import type { MessageEntity } from 'grammy/types';
import { Html, html } from './html.ts';

const tags: Partial<Record<MessageEntity['type'], string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/** A text as Telegram shows it. Entities lie in one another; one that reaches out of another is cut at its end. */
export function formatted(text: string, entities: MessageEntity[] = []): Html {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, sorted, 0, text.length);
}

function between(text: string, entities: MessageEntity[], from: number, to: number): Html {
  const pieces: Html[] = [];
  let at = from;
  let rest = entities;
  for (let entity = rest[0]; entity; entity = rest[0]) {
    rest = rest.slice(1);
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    const inside = rest.filter(({ offset }) => offset < end);
    rest = rest.filter(({ offset }) => offset >= end);
    pieces.push(html`${text.slice(at, begin)}`, wrap(entity, between(text, inside, begin, end), text.slice(begin, end)));
    at = end;
  }
  pieces.push(html`${text.slice(at, to)}`);
  return html`${pieces}`;
}

function wrap(entity: MessageEntity, inside: Html, plain: string): Html {
  if (entity.type === 'text_link') return link(entity.url, inside);
  if (entity.type === 'url') return link(plain, inside);
  if (entity.type === 'spoiler') return html`<span class="spoiler" tabindex="0">${inside}</span>`;
  const tag = tags[entity.type];
  if (!tag) return html`<span class="found">${inside}</span>`;
  return html`${new Html(`<${tag}>`)}${inside}${new Html(`</${tag}>`)}`;
}

/** Anything but these could be a script. */
function link(address: string, inside: Html): Html {
  return /^https?:\/\//i.test(address) ? html`<a href="${address}" target="_blank" rel="noreferrer">${inside}</a>` : inside;
}
