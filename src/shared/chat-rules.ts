/** Kinds of threads, limits of messages, and where a thread is read. Apart from the schemas, so that a page need not load what reads them. */
import { storableText } from './storable.ts';

export const chatKinds = ['task', 'support', 'room'] as const;
export type ChatKind = (typeof chatKinds)[number];

export const chatLimits = {
  /** Characters of one message. */
  body: 8000,
  files: 10,
  /** Messages of a page of history. */
  page: 50,
  /** Minutes in which one's own message may be changed; deleted it may be as long as it stands. */
  editMinutes: 24 * 60,
  /** What was looked for, as it is carried into the chat. */
  query: 200,
} as const;

/** While somebody types the browser says so this often; it is believed a little longer than that. */
export const typingEveryMs = 3000;
export const typingShownMs = 5000;

/** Signs that turn the direction of what stands around them: a text that carries them could pretend to be another one. */
const turning = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
/** Signs that take no room by themselves or show nothing in it: zero-width spaces, selectors, fillers, soft hyphens, control signs, Braille without a dot. */
const invisible = /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;

/** A message as it is kept: storable, without signs that turn the direction, without the space around it. */
export function cleanBody(text: string): string {
  return storableText(text).replace(turning, '').replaceAll('\r\n', '\n').trim();
}

/** Nothing a reader could see. */
export function isBlank(text: string): boolean {
  return text.replace(turning, '').replace(invisible, '') === '';
}

/** Where a student talks in a thread: below its task, or on the page of support. */
export function threadHref({ task }: { task: { courseSlug: string; topicSlug: string; slug: string } | null }): string {
  return task ? `/courses/${task.courseSlug}/${task.topicSlug}?chat#${task.slug}` : '/support/chat';
}
