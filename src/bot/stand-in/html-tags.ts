import type { MessageEntity } from 'grammy/types';
import { isPublicAddress } from './links.ts';

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

const plain = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
} as const;

const isPlain = (name: string): name is keyof typeof plain => name in plain;

export const tagNames: ReadonlySet<string> = new Set([...Object.keys(plain), 'a', 'code', 'pre', 'blockquote', 'tg-emoji']);

/** The entity of a tag that holds some text; none for a link that leads nowhere. */
export function openEntity({ name, attributes }: Tag, range: { offset: number; length: number }, inside: string): MessageEntity[] {
  if (isPlain(name)) return [{ type: plain[name], ...range }];
  switch (name) {
    case 'a':
      return linkEntity(attributes.href || inside, range);
    case 'code': {
      const language = /^language-(.+)$/.exec(attributes.class ?? '')?.[1];
      // Only «pre» has a language; a «code» directly inside hands it over when both are there (entities.ts).
      return [{ type: 'code', ...range, ...(language && { language }) }];
    }
    case 'pre':
      return [{ type: 'pre', ...range }];
    case 'blockquote':
      return [{ type: 'expandable' in attributes ? 'expandable_blockquote' : 'blockquote', ...range }];
    default:
      return attributes['emoji-id'] ? [{ type: 'custom_emoji', ...range, custom_emoji_id: attributes['emoji-id'] }] : [];
  }
}

function linkEntity(href: string, range: { offset: number; length: number }): MessageEntity[] {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(href)?.[1];
  if (user) return [{ type: 'text_mention', ...range, user: { id: Number(user), is_bot: false, first_name: '' } }];
  return isPublicAddress(href) ? [{ type: 'text_link', ...range, url: href }] : [];
}
