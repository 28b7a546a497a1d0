/** What the server has sent along in the page itself, so that the first thing drawn waits for no request. */
import type { QueryClient } from '@tanstack/react-query';
import type { MeDto } from '#shared/auth.ts';
import { deviceMemory } from './memory.ts';
import { noteServerDate } from './now.ts';

interface Sent {
  at: number;
  answers: [path: string, input: object | null, answer: unknown][];
}

/** Milliseconds: what is asked for anew whenever it is shown need not be asked for twice by the page that it came with. */
export const justSent = 5_000;

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
  for (const [path, input, answer] of answers)
    queries.setQueryData([path.split('.'), { ...(input && { input }), type: 'query' }], answer, { updatedAt: answeredAt });
}
