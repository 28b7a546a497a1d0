/** What the server has sent along in the page itself, so that the first thing drawn waits for no request. */
import type { QueryClient } from '@tanstack/react-query';
import type { MeDto } from '#shared/auth.ts';
import { deviceMemory } from './memory.ts';
import { noteServerDate } from './now.ts';

interface Sent {
  at: number;
  /** `pages`: the first page of a list that goes on. */
  answers: [path: string, input: object | null, answer: unknown, as?: 'pages'][];
}

/** Milliseconds: what is asked for anew whenever it is shown need not be asked for twice by the page that it came with. */
export const justSent = 5_000;

/** When what came with the page was answered, by the clock of the device. */
let sentAt: number | undefined;

interface Answered {
  state: { dataUpdatedAt: number };
}

/** The `staleTime` of what is asked for anew whenever it is shown: what came with the page is new enough for a moment. */
export const anewUnlessSent = ({ state }: Answered): number => (state.dataUpdatedAt === sentAt ? justSent : 0);

/** The `refetchOnMount` of what is asked for anew when its page opens, and kept while that is open. */
export const openedAnewUnlessSent = ({ state }: Answered): 'always' | true =>
  state.dataUpdatedAt === sentAt && Date.now() - sentAt < justSent ? true : 'always';

let read: Sent | null | undefined;

function sent(): Sent | null {
  if (read === undefined) {
    const found: Sent | null = JSON.parse(document.getElementById('sent')?.textContent ?? 'null');
    read = found;
    const me = sentMe();
    if (me !== undefined) deviceMemory.write('signed-in', me && '1');
  }
  return read;
}

/** Who the server has made the page for; null: nobody; undefined: it did not say. */
export function sentMe(): MeDto | null | undefined {
  return sent()?.answers.find(([path]) => path === 'auth.me')?.[2] as MeDto | null | undefined;
}

/** As if each had been asked for, and answered when the page began to arrive: on a slow phone that is seconds ago, which the clock of an exam must know. */
export function takeSent(queries: QueryClient): void {
  const page = sent();
  if (!page) return;
  const { askedAt, answeredAt } = timesOfVisit();
  noteServerDate(new Date(page.at - 500).toISOString(), askedAt, answeredAt);
  fill(queries, page.answers, answeredAt);
  sentAt = answeredAt;
}

/** When the page was asked for and began to arrive, by the clock of the device. */
function timesOfVisit(): { askedAt: number; answeredAt: number } {
  const [visit] = performance.getEntriesByType('navigation');
  const { timeOrigin } = performance;
  if (visit instanceof PerformanceNavigationTiming)
    return { askedAt: timeOrigin + visit.requestStart, answeredAt: timeOrigin + visit.responseStart };
  return { askedAt: timeOrigin, answeredAt: timeOrigin };
}

/** Under the keys by which tRPC's hooks look for them. `answeredAt`: by the clock of the device. */
export function fill(queries: QueryClient, answers: Sent['answers'], answeredAt: number): void {
  for (const [path, input, answer, as] of answers) {
    const type = as === 'pages' ? 'infinite' : 'query';
    const data = as === 'pages' ? { pages: [answer], pageParams: [null] } : answer;
    queries.setQueryData([path.split('.'), { ...(input && { input }), type }], data, { updatedAt: answeredAt });
  }
}
