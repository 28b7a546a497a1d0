import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { attemptStates } from '#shared/exams-office.ts';

type State = (typeof attemptStates)[number] | null;

interface ResultsFiltersProps {
  state: State;
  typed: string;
  onType: (q: string) => void;
  onState: (state: State) => void;
  onReset: () => void;
}

export function ResultsFilters({ state, typed, onType, onState, onReset }: ResultsFiltersProps) {
  const { results: words } = useOfficeText().exams;
  return (
    <search className={filters.filters}>
      <SearchField label={words.search} typed={typed} onType={onType} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.state}
        value={state ?? ''}
        onChange={(event) => onState(attemptStates.find((one) => one === event.currentTarget.value) ?? null)}
        data={[{ value: '', label: words.states.all }, ...attemptStates.map((value) => ({ value, label: words.states[value] }))]}
      />
      {(state !== null || typed.trim() !== '') && (
        <Button variant="subtle" size="sm" onClick={onReset}>
          {words.reset}
        </Button>
      )}
    </search>
  );
}
