import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { StudentFilter } from '#shared/students.ts';
import { filterOf, searchOf } from './student-filter.ts';

/** Between two keys of somebody who types without haste. */
const typingMs = 250;

/**
 * The filter stands in the address, so that going back and handing a link on both work. What is being typed into the search is known at once and
 * reaches the address when the typing rests, as the same step of the history.
 */
export function useStudentFilter() {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const filter = filterOf(search);
  const [typed, setTyped] = useState(filter.q);
  // What was last put into the address from here: anything else there came from outside and is shown in the field.
  const written = useRef(filter.q);

  useEffect(() => {
    if (filter.q === written.current) return;
    written.current = filter.q;
    setTyped(filter.q);
  }, [filter.q]);

  useEffect(() => {
    const q = typed.trim();
    if (q === written.current) return;
    const timer = setTimeout(() => {
      written.current = q;
      navigate(path + searchOf({ ...filterOf(window.location.search), q }), { replace: true });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [typed, navigate, path]);

  return {
    filter,
    typed,
    type: setTyped,
    change(part: Partial<StudentFilter>) {
      const next = { ...filter, q: typed, ...part };
      written.current = next.q.trim();
      setTyped(next.q);
      navigate(path + searchOf(next));
    },
  };
}
