/** From a text with entities to what Telegram keeps of it. */
import type { MessageEntity } from 'grammy/types';
import type { ParsedText } from './html.ts';

const maxEntities = 100;

/** No blanks around, no control characters, nothing inside code, no quote inside a quote, links found in the text, a hundred entities. */
export function tidy({ text, entities }: ParsedText): ParsedText {
  // One character for one, so that offsets hold.
  const clean = text.replace(/[^\P{Cc}\n]/gu, ' ');
  const { text: trimmed, entities: moved } = trim({ text: clean, entities });
  const kept = withoutForbiddenNesting(joinPre(moved));
  const all = [...kept, ...found(trimmed, kept)].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text: trimmed, entities: all.slice(0, maxEntities) };
}

function trim({ text, entities }: ParsedText): ParsedText {
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(0, entity.offset - cut);
    const end = Math.min(trimmed.length, entity.offset + entity.length - cut);
    return end > offset ? [{ ...entity, offset, length: end - offset }] : [];
  });
  return { text: trimmed, entities: moved };
}

const isSame = (a: MessageEntity, b: MessageEntity) => a.offset === b.offset && a.length === b.length;
const isInside = (a: MessageEntity, b: MessageEntity) => a.offset >= b.offset && a.offset + a.length <= b.offset + b.length;
const isQuote = ({ type }: MessageEntity) => type === 'blockquote' || type === 'expandable_blockquote';
const isCode = ({ type }: MessageEntity) => type === 'pre' || type === 'code';

/** `<pre><code class="language-x">` is one block of code. */
function joinPre(entities: MessageEntity[]): MessageEntity[] {
  return entities.flatMap((entity): MessageEntity[] => {
    if (entity.type === 'pre') {
      const code = entities.find((other) => other.type === 'code' && isSame(other, entity) && 'language' in other);
      return [code && 'language' in code ? { ...entity, language: String(code.language) } : entity];
    }
    if (entity.type !== 'code') return [entity];
    return [{ type: 'code', offset: entity.offset, length: entity.length }];
  });
}

function withoutForbiddenNesting(entities: MessageEntity[]): MessageEntity[] {
  const holds = (outer: MessageEntity, inner: MessageEntity) => {
    if (outer === inner || !isInside(inner, outer)) return false;
    if (isCode(outer)) return !(isCode(inner) && isSame(inner, outer) && inner.type === 'pre') && !(isQuote(inner) && isSame(inner, outer));
    // Of two alike on the same letters the one that was written outside, which closes later, stays.
    const alike = (isQuote(outer) && isQuote(inner)) || outer.type === inner.type;
    return alike && (!isSame(outer, inner) || entities.indexOf(outer) > entities.indexOf(inner));
  };
  return entities.filter((inner) => !entities.some((outer) => holds(outer, inner)));
}

/** Commands and addresses, which Telegram finds by itself. */
function found(text: string, kept: MessageEntity[]): MessageEntity[] {
  const commands = [...text.matchAll(/(?<=^|\s)\/[a-zA-Z0-9_]{1,32}(?:@\w+)?(?=$|\s|[.,!?;:])/g)].map((match) => ({
    match,
    type: 'bot_command' as const,
  }));
  const urls = [...text.matchAll(/https?:\/\/[^\s<>«»"]+\.[^\s<>«»"]*[^\s<>«»".,!?;:)]/g)].map((match) => ({
    match,
    type: 'url' as const,
  }));
  return [...commands, ...urls]
    .map(({ match, type }): MessageEntity => ({ type, offset: match.index, length: match[0].length }))
    .filter((entity) => !kept.some((other) => (isCode(other) || other.type === 'text_link') && overlaps(entity, other)));
}

const overlaps = (a: MessageEntity, b: MessageEntity) => a.offset < b.offset + b.length && b.offset < a.offset + a.length;
