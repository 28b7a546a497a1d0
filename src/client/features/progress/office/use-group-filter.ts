import { useLocation, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import type { GroupFilter } from '#shared/statistics.ts';
import { groupFilterOf, groupSearchOf } from './group-filter.ts';

/** The filter stands in the address, so that going back and handing a link on both work; typing is one step of the history. */
export function useGroupFilter(course: string) {
  const [path, navigate] = useLocation();
  const filter = groupFilterOf(course, useSearch());
  const { typed, type, set } = useTyped(filter.q, (q) => navigate(path + groupSearchOf({ ...filter, q }), { replace: true }));
  return {
    filter,
    typed,
    type,
    change(part: Partial<GroupFilter>) {
      const next = { ...filter, q: typed, ...part };
      set(next.q);
      navigate(path + groupSearchOf(next));
    },
  };
}
