import { type AudienceInput, isNewsAddress, type NewsAudience, type NewsPostDto, newsAudiences, newsLimits } from '#shared/news.ts';

/** An announcement as it is typed: also what is half done and nobody could store. */
export interface NewsFields {
  title: string;
  body: string;
  buttonLabel: string;
  buttonUrl: string;
  audience: NewsAudience;
  courseId: string;
  inactiveDays: string;
  site: boolean;
  telegram: boolean;
  email: boolean;
}

export const blankNews: NewsFields = {
  title: '',
  body: '',
  buttonLabel: '',
  buttonUrl: '',
  audience: 'all',
  courseId: '',
  inactiveDays: '14',
  site: true,
  telegram: true,
  email: true,
};

/** What the server stores of it. */
export type NewsInput = Pick<NewsPostDto, 'title' | 'body' | 'button' | 'to' | 'channels'>;

export function fieldsOf({ title, body, button, to, channels }: NewsInput): NewsFields {
  return {
    title,
    body,
    buttonLabel: button?.label ?? '',
    buttonUrl: button?.url ?? '',
    audience: to.audience,
    courseId: to.audience === 'course' ? to.courseId : '',
    inactiveDays: to.audience === 'inactive' ? String(to.inactiveDays) : blankNews.inactiveDays,
    ...channels,
  };
}

/** One text of all fields in one order: two are the same exactly when the fields are. */
export function sourceOf(fields: NewsFields): string {
  const { title, body, buttonLabel, buttonUrl, audience, courseId, inactiveDays, site, telegram, email } = fields;
  return JSON.stringify({ title, body, buttonLabel, buttonUrl, audience, courseId, inactiveDays, site, telegram, email });
}

/** Null: no text of ours. */
export function parseFields(source: string): NewsFields | null {
  try {
    const stored: unknown = JSON.parse(source);
    if (typeof stored !== 'object' || stored === null) return null;
    const found: Record<string, unknown> = { ...stored };
    const isRight = Object.entries(blankNews).every(([name, value]) => typeof found[name] === typeof value);
    return isRight && newsAudiences.some((one) => one === found.audience) ? { ...blankNews, ...found } : null;
  } catch {
    return null;
  }
}

/** Null: there is none. `half`: one of the two is missing, or the address leads nowhere. */
export function buttonOf({ buttonLabel, buttonUrl }: NewsFields): { label: string; url: string } | null | 'half' {
  const [label, url] = [buttonLabel.trim(), buttonUrl.trim()];
  if (label === '' && url === '') return null;
  const fits = label.length <= newsLimits.buttonLabel && url.length <= newsLimits.buttonUrl;
  return label !== '' && fits && isNewsAddress(url) ? { label, url } : 'half';
}

/** Null: the course is not chosen yet, or the days are no number of days. */
export function audienceOf({ audience, courseId, inactiveDays }: NewsFields): AudienceInput | null {
  if (audience === 'course') return courseId === '' ? null : { audience, courseId };
  if (audience !== 'inactive') return { audience };
  const days = /^\d{1,3}$/.test(inactiveDays.trim()) ? Number(inactiveDays) : 0;
  return days >= 1 && days <= newsLimits.inactiveDays ? { audience, inactiveDays: days } : null;
}

/** What of it can be stored now; what is half done stays as it was. */
export function inputOf(fields: NewsFields, before: Pick<NewsInput, 'button' | 'to'> | null): NewsInput {
  const { title, body, site, telegram, email } = fields;
  const button = buttonOf(fields);
  return {
    title: title.trim(),
    body,
    button: button === 'half' ? (before?.button ?? null) : button,
    to: audienceOf(fields) ?? before?.to ?? { audience: 'all' },
    channels: { site, telegram, email },
  };
}

/** Is there something in it that only this device has? */
export function isHalfDone(fields: NewsFields): boolean {
  return buttonOf(fields) === 'half' || audienceOf(fields) === null;
}

export function isTooLong({ title, body }: NewsFields): boolean {
  return title.trim().length > newsLimits.title || body.length > newsLimits.body;
}

export function sameInput(a: NewsInput, b: NewsInput): boolean {
  return sourceOf(fieldsOf(a)) === sourceOf(fieldsOf(b));
}

export type NewsProblem = 'title' | 'body' | 'buttonLabel' | 'buttonUrl' | 'courseId' | 'inactiveDays' | 'list' | 'channels';

/** Why it cannot be sent like this, by field and in the order of the page. `listed`: how many stand in its own list. */
export function problemsOf(fields: NewsFields, listed: number): NewsProblem[] {
  const { title, body, buttonLabel, buttonUrl, audience, site, telegram, email } = fields;
  const button = buttonOf(fields);
  const found: [NewsProblem, boolean][] = [
    ['courseId', audience === 'course' && audienceOf(fields) === null],
    ['inactiveDays', audience === 'inactive' && audienceOf(fields) === null],
    ['list', audience === 'list' && listed === 0],
    ['title', title.trim() === '' || title.trim().length > newsLimits.title],
    ['body', body.trim() === '' || body.length > newsLimits.body],
    ['buttonLabel', button === 'half' && (buttonLabel.trim() === '' || buttonLabel.trim().length > newsLimits.buttonLabel)],
    ['buttonUrl', button === 'half' && !(isNewsAddress(buttonUrl.trim()) && buttonUrl.trim().length <= newsLimits.buttonUrl)],
    ['channels', !site && !telegram && !email],
  ];
  return found.flatMap(([name, wrong]) => (wrong ? [name] : []));
}
