import { isBlank } from '#shared/chat-rules.ts';
import type { FieldIssue } from '#shared/errors.ts';
import type { AudienceInput, NewsPostDto, NewsState } from '#shared/news.ts';

/** Columns of an announcement that its author types. */
export interface Content {
  title: string;
  body: string;
  buttonLabel: string | null;
  buttonUrl: string | null;
}
export interface Sending {
  audience: string;
  courseId: string | null;
  inactiveDays: number | null;
  toSite: boolean;
  toTelegram: boolean;
  toEmail: boolean;
}

/** Has it gone out, or begun to? From then on it can be mended, not aimed anew. */
export function hasBegun(state: NewsState): boolean {
  return state !== 'draft' && state !== 'scheduled';
}

/** What is missing before anybody can be written to. Spaces without width are no text. */
export function missingToSend({ title, body, toSite, toTelegram, toEmail }: Content & Sending): FieldIssue[] {
  return [
    ...(isBlank(title) ? [{ field: 'title', code: 'required' as const }] : []),
    ...(isBlank(body) ? [{ field: 'body', code: 'required' as const }] : []),
    ...(toSite || toTelegram || toEmail ? [] : [{ field: 'channels', code: 'required' as const }]),
  ];
}

/** Another number than the one that was agreed to, by more than a hundredth. */
export function differsTooMuch(expected: number, real: number): boolean {
  return Math.abs(real - expected) * 100 > expected;
}

export function toContent({ title, body, button }: Pick<NewsPostDto, 'title' | 'body' | 'button'>): Content {
  return { title, body, buttonLabel: button?.label ?? null, buttonUrl: button?.url ?? null };
}

export function toSending({ to, channels }: { to: AudienceInput; channels: NewsPostDto['channels'] }): Sending {
  return {
    audience: to.audience,
    courseId: to.audience === 'course' ? to.courseId.toLowerCase() : null,
    inactiveDays: to.audience === 'inactive' ? to.inactiveDays : null,
    toSite: channels.site,
    toTelegram: channels.telegram,
    toEmail: channels.email,
  };
}

/** As it was chosen. Of a course that is no more nobody is left: the same as an empty list. */
export function audienceOf({ audience, courseId, inactiveDays }: Pick<Sending, 'audience' | 'courseId' | 'inactiveDays'>): AudienceInput {
  if (audience === 'all') return { audience };
  if (audience === 'course' && courseId !== null) return { audience, courseId };
  if (audience === 'inactive' && inactiveDays !== null) return { audience, inactiveDays };
  return { audience: 'list' };
}

export function channelsOf({ toSite, toTelegram, toEmail }: Sending): NewsPostDto['channels'] {
  return { site: toSite, telegram: toTelegram, email: toEmail };
}

export function buttonOf({ buttonLabel, buttonUrl }: Content): NewsPostDto['button'] {
  return buttonLabel !== null && buttonUrl !== null ? { label: buttonLabel, url: buttonUrl } : null;
}

/** The fields in which two are not the same. */
export function changedFields<T extends object>(before: T, after: T): (keyof T)[] {
  return (Object.keys(after) as (keyof T)[]).filter((field) => before[field] !== after[field]);
}
