import type { MessageDto } from '#shared/chat.ts';
import { faqLimits } from '#shared/support-limits.ts';
import type { FaqFields } from './faq-draft.ts';

/** The message that an address names: `?thread=…&seq=…`. */
export interface ChatPlace {
  threadId: string;
  seq: number;
}

export function chatPlaceIn(search: string): ChatPlace | null {
  const params = new URLSearchParams(search);
  const threadId = params.get('thread') ?? '';
  const seq = Number(params.get('seq'));
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(threadId);
  return isId && Number.isInteger(seq) && seq >= 1 && seq < 2_000_000_000 ? { threadId, seq } : null;
}

/**
 * An article made of a teacher's answer and of what the student had asked before it; null where that answer is gone.
 * @param messages of the thread up to that answer
 */
export function articleFrom(messages: readonly MessageDto[], seq: number): Omit<FaqFields, 'categoryId'> | null {
  const answer = messages.find((message) => message.seq === seq);
  if (!answer || answer.deleted || answer.body === null) return null;
  const earlier = messages.filter((message) => message.seq < seq && !message.deleted && !message.author.teacher && message.body !== null);
  const question = earlier.findLast((message) => message.kind === 'text' && message.body?.trim())?.body ?? '';
  const searched = earlier.findLast((message) => message.kind === 'search')?.body ?? '';
  return {
    title: shortened(question.replace(/\s+/g, ' ').trim() || searched, faqLimits.title),
    body: answer.body.slice(0, faqLimits.body),
    keywords: searched.slice(0, faqLimits.keywords),
  };
}

/** At the end of a word, so that nothing is cut through. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > limit / 2 ? space : undefined).toWellFormed()}…`;
}
