import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { type GroupFilter, groupActivities } from '#shared/statistics.ts';
import { groupIsNarrow } from './group-filter.ts';

interface GroupFiltersProps {
  filter: GroupFilter;
  typed: string;
  onType: (q: string) => void;
  onChange: (part: Partial<GroupFilter>) => void;
  onReset: () => void;
}

export function GroupFilters({ filter, typed, onType, onChange, onReset }: GroupFiltersProps) {
  const { group: words } = useOfficeText();
  return (
    <search className={filters.filters}>
      <SearchField label={words.search} typed={typed} onType={onType} maxLength={100} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.activity}
        value={filter.active}
        onChange={(event) => onChange({ active: groupActivities.find((one) => one === event.currentTarget.value) ?? 'all' })}
        data={groupActivities.map((value) => ({ value, label: words.activities[value] }))}
      />
      {groupIsNarrow({ ...filter, q: typed }) && (
        <Button variant="subtle" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      )}
    </search>
  );
}
