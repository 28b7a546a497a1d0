import {
  type StudentActivity,
  type StudentFilter,
  type StudentOrder,
  type StudentSort,
  type StudentState,
  studentActivities,
  studentOrders,
  studentSorts,
  studentStates,
} from '#shared/students.ts';

export const wholeSchool: StudentFilter = { q: '', course: null, activity: null, state: null, sort: 'registered', order: 'desc' };

/** The way a column is first looked at: names from А, instants from the newest. */
export const firstOrder: Record<StudentSort, StudentOrder> = { registered: 'desc', name: 'asc', active: 'desc' };

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | null => known.find((one) => one === value) ?? null;

/** The filter that an address asks for. What it cannot mean is left out: an old or mistyped link shows more, never an error. */
export function filterOf(search: string): StudentFilter {
  const params = new URLSearchParams(search);
  const sort = oneOf<StudentSort>(studentSorts, params.get('sort')) ?? wholeSchool.sort;
  const course = params.get('course');
  return {
    q: (params.get('q') ?? '').slice(0, 200),
    course: course && /^[a-z0-9-]{1,60}$/.test(course) ? course : null,
    activity: oneOf<StudentActivity>(studentActivities, params.get('activity')),
    state: oneOf<StudentState>(studentStates, params.get('state')),
    sort,
    order: oneOf<StudentOrder>(studentOrders, params.get('order')) ?? firstOrder[sort],
  };
}

/** «?q=…&sort=name», shortest first: what is as always is not named. */
export function searchOf(filter: StudentFilter): string {
  const params = new URLSearchParams();
  if (filter.q.trim() !== '') params.set('q', filter.q.trim());
  for (const key of ['course', 'activity', 'state'] as const) if (filter[key]) params.set(key, filter[key]);
  if (filter.sort !== wholeSchool.sort) params.set('sort', filter.sort);
  if (filter.order !== firstOrder[filter.sort]) params.set('order', filter.order);
  const search = params.toString();
  return search ? `?${search}` : '';
}

/** Does it leave anybody out? */
export const isNarrow = ({ q, course, activity, state }: StudentFilter): boolean => Boolean(q.trim() || course || activity || state);
