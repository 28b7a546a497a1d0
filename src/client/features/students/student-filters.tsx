import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type StudentFilter, studentActivities, studentOrders, studentSorts, studentStates } from '#shared/students.ts';
import { isNarrow } from './student-filter.ts';
import classes from './student-filters.module.css';

interface StudentFiltersProps {
  filter: StudentFilter;
  typed: string;
  onType: (q: string) => void;
  onChange: (part: Partial<StudentFilter>) => void;
  onReset: () => void;
}

export function StudentFilters({ filter, typed, onType, onChange, onReset }: StudentFiltersProps) {
  const { list: words } = useOfficeText().students;
  const choices = trpc.people.students.courseChoices.useQuery();
  const courses = (choices.data ?? []).map(({ slug, title, published }) => ({
    value: slug,
    label: published ? setTitle(title) : words.draft(setTitle(title)),
  }));
  // A link may name a course before the list of them is there, or one that is gone.
  if (filter.course && !courses.some(({ value }) => value === filter.course)) courses.push({ value: filter.course, label: filter.course });
  const known = <T extends string>(list: readonly T[], value: string): T | null => list.find((one) => one === value) ?? null;
  return (
    <search className={filters.filters}>
      <SearchField label={words.search} typed={typed} onType={onType} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.course}
        value={filter.course ?? ''}
        onChange={(event) => onChange({ course: event.currentTarget.value || null })}
        data={[{ value: '', label: words.anyCourse }, ...courses]}
      />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.activity}
        value={filter.activity ?? ''}
        onChange={(event) => onChange({ activity: known(studentActivities, event.currentTarget.value) })}
        data={[
          { value: '', label: words.activities.any },
          ...studentActivities.map((value) => ({ value, label: words.activities[value] })),
        ]}
      />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.state}
        value={filter.state ?? ''}
        onChange={(event) => onChange({ state: known(studentStates, event.currentTarget.value) })}
        data={[{ value: '', label: words.states.any }, ...studentStates.map((value) => ({ value, label: words.states[value] }))]}
      />
      {/* On a phone the table has no head to press. */}
      <NativeSelect
        size="sm"
        className={classes.sort}
        classNames={{ input: filters.control }}
        aria-label={words.sort}
        value={`${filter.sort} ${filter.order}`}
        onChange={(event) => {
          const [by = '', order = ''] = event.currentTarget.value.split(' ');
          onChange({ sort: known(studentSorts, by) ?? filter.sort, order: known(studentOrders, order) ?? filter.order });
        }}
        data={[
          { value: 'registered desc', label: words.sorts.registeredDesc },
          { value: 'registered asc', label: words.sorts.registeredAsc },
          { value: 'name asc', label: words.sorts.nameAsc },
          { value: 'name desc', label: words.sorts.nameDesc },
          { value: 'active desc', label: words.sorts.activeDesc },
          { value: 'active asc', label: words.sorts.activeAsc },
        ]}
      />
      {isNarrow({ ...filter, q: typed }) && (
        <Button variant="subtle" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      )}
    </search>
  );
}
