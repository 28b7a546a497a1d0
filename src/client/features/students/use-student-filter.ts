import { useLocation, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import type { StudentFilter } from '#shared/students.ts';
import { filterOf, searchOf } from './student-filter.ts';

/** The filter stands in the address, so that going back and handing a link on both work; typing is one step of the history. */
export function useStudentFilter() {
  const [path, navigate] = useLocation();
  const filter = filterOf(useSearch());
  const { typed, type, set } = useTyped(filter.q, (q) => navigate(path + searchOf({ ...filter, q }), { replace: true }));
  return {
    filter,
    typed,
    type,
    change(part: Partial<StudentFilter>) {
      const next = { ...filter, q: typed, ...part };
      set(next.q);
      navigate(path + searchOf(next));
    },
  };
}
