import { type InboxFilter, inboxFilters } from '#shared/inbox.ts';

/** What of the inbox is shown. It stands in the address: «back» and a link lead to the same list. */
export interface InboxView {
  filter: InboxFilter;
  q: string;
  courseId: string | undefined;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What an address cannot mean is left out: an old link shows more, never an error. */
export function viewOf(search: string): InboxView {
  const params = new URLSearchParams(search);
  return {
    filter: inboxFilters.find((one) => one === params.get('show')) ?? 'waiting',
    q: (params.get('q') ?? '').slice(0, 100),
    courseId: uuid.exec(params.get('course') ?? '')?.[0],
  };
}

/** «?show=mine&q=соколов»; empty where all is as always. */
export function searchOf({ filter, q, courseId }: InboxView): string {
  const params = new URLSearchParams();
  if (filter !== 'waiting') params.set('show', filter);
  if (q !== '') params.set('q', q);
  if (courseId) params.set('course', courseId);
  return params.size > 0 ? `?${params}` : '';
}

export const inboxHref = (view: InboxView, threadId?: string): string => `/admin/inbox${threadId ? `/${threadId}` : ''}${searchOf(view)}`;

/** Does it leave anybody out besides by its filter? */
export const isNarrow = ({ q, courseId }: InboxView): boolean => q !== '' || courseId !== undefined;
