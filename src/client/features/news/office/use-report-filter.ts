import { useLocation, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { newsOutcomes } from '#shared/news.ts';

export type NewsOutcome = (typeof newsOutcomes)[number];

/** The filter stands in the address, so that going back and handing a link on both work. */
export function useReportFilter() {
  const [path, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const outcome = newsOutcomes.find((one) => one === asked.get('outcome')) ?? null;
  const search = (asked.get('q') ?? '').slice(0, 200);

  function addressOf(next: NewsOutcome | null, words: string): string {
    const params = new URLSearchParams({ ...(next ? { outcome: next } : {}), ...(words ? { q: words } : {}) }).toString();
    return params ? `${path}?${params}` : path;
  }

  const { typed, type, set } = useTyped(search, (words) => navigate(addressOf(outcome, words), { replace: true }));
  return {
    outcome,
    search,
    typed,
    type,
    choose(next: NewsOutcome | null): void {
      set(typed);
      navigate(addressOf(next, typed.trim()));
    },
    reset(): void {
      set('');
      navigate(path);
    },
  };
}
