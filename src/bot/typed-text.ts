import type { MessageEntity } from 'grammy/types';
import type { PhrasingContent, Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const writer = unified().use(remarkStringify, { fences: true }).use(remarkGfm).use(remarkMath).freeze();

/**
 * What a person typed in Telegram, as Markdown that shows exactly that: what looks like a mark is a sign. Only programs, code and links keep their
 * form.
 */
export function typedText(text: string, entities: readonly MessageEntity[] = []): string {
  const children: RootContent[] = [];
  let at = 0;
  for (const entity of entities.filter(({ type }) => type === 'pre')) {
    if (entity.offset < at) continue;
    children.push(...paragraphs(text, entities, at, entity.offset));
    at = entity.offset + entity.length;
    const lang = entity.type === 'pre' && /^[\w+#.-]{1,30}$/.test(entity.language ?? '') ? entity.language : undefined;
    children.push({ type: 'code', value: text.slice(entity.offset, at).trimEnd(), ...(lang && { lang }) });
  }
  children.push(...paragraphs(text, entities, at, text.length));
  return writer.stringify({ type: 'root', children } satisfies Root).trim();
}

function paragraphs(text: string, entities: readonly MessageEntity[], from: number, to: number): RootContent[] {
  return Array.from(text.slice(from, to).matchAll(/\S[\s\S]*?(?=\n[^\S\n]*\n|$)/g), ({ index, 0: match }) => {
    const start = from + index;
    return { type: 'paragraph', children: phrases(text, entities, start, start + match.length) };
  });
}

function phrases(text: string, entities: readonly MessageEntity[], from: number, to: number): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  let at = from;
  for (const entity of entities) {
    const { offset, length } = entity;
    const end = offset + length;
    if (offset < at || end > to || (entity.type !== 'code' && entity.type !== 'text_link')) continue;
    if (offset > at) found.push({ type: 'text', value: text.slice(at, offset) });
    const value = text.slice(offset, end);
    found.push('url' in entity ? { type: 'link', url: entity.url, children: [{ type: 'text', value }] } : { type: 'inlineCode', value });
    at = end;
  }
  if (at < to) found.push({ type: 'text', value: text.slice(at, to) });
  return found;
}
