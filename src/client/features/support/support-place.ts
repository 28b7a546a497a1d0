import { faqLimits } from '#shared/support-limits.ts';

/** What the address says of the page of support; the article that is open stands behind `#`. */
export interface SupportPlace {
  /** What is looked for. */
  q: string;
  /** Slug of the category that is shown alone; null: all. */
  part: string | null;
  /** The chat is open. */
  chat: boolean;
  /** What was looked for when «Нет решения» was pressed: goes along with the first message. */
  about: string;
}

const list = '/support';
const chatPage = '/support/chat';

/** What an address cannot mean is left out: an old or mistyped link shows more, never an error. */
export function placeOf(path: string, search: string): SupportPlace {
  const params = new URLSearchParams(search);
  const words = (name: string) => (params.get(name) ?? '').trim().slice(0, faqLimits.query);
  const part = params.get('in');
  return {
    q: words('q'),
    part: part && /^[a-z0-9-]{1,100}$/.test(part) ? part : null,
    chat: path === chatPage || params.has('chat'),
    about: words('about'),
  };
}

/**
 * @param wide there is room for the chat beside the list: then it is no page of its own, and the list is not drawn anew when it opens
 */
export function hrefOf({ q, part, chat, about }: SupportPlace, wide: boolean): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (part) params.set('in', part);
  if (chat && wide) params.set('chat', '1');
  if (chat && about) params.set('about', about);
  const search = params.toString();
  return (chat && !wide ? chatPage : list) + (search && `?${search}`);
}

/** The slug that an address names behind `#`, or null. */
export function slugIn(hash: string): string | null {
  try {
    return decodeURIComponent(hash.slice(1)) || null;
  } catch {
    return null;
  }
}
