import { type GroupFilter, groupActivities, groupSorts } from '#shared/statistics.ts';

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined => known.find((one) => one === value);

/** The filter that an address asks for. What it cannot mean is left out: an old or mistyped link shows more, never an error. */
export function groupFilterOf(course: string, search: string): GroupFilter {
  const params = new URLSearchParams(search);
  return {
    course,
    q: (params.get('q') ?? '').slice(0, 100),
    sort: oneOf(groupSorts, params.get('sort')) ?? 'name',
    active: oneOf(groupActivities, params.get('active')) ?? 'all',
  };
}

/** «?q=…&sort=active»: what is as always is not named, and the course stands in the path. */
export function groupSearchOf({ q, sort, active }: GroupFilter): string {
  const params = new URLSearchParams();
  if (q.trim() !== '') params.set('q', q.trim());
  if (active !== 'all') params.set('active', active);
  if (sort !== 'name') params.set('sort', sort);
  const search = params.toString();
  return search ? `?${search}` : '';
}

/** Does it leave anybody out? */
export const groupIsNarrow = ({ q, active }: GroupFilter): boolean => q.trim() !== '' || active !== 'all';

export type Shade = 'none' | 'tried' | 'some' | 'most' | 'all';

/** How dark a cell is. The number stands in it as well. */
export function shadeOf({ solved, tried }: { solved: number; tried: number }, tasks: number): Shade {
  if (tried === 0) return 'none';
  if (solved === 0) return 'tried';
  if (solved >= tasks) return 'all';
  return solved * 2 > tasks ? 'most' : 'some';
}
