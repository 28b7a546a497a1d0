import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { type NewsProgressDto, newsOutcomes } from '#shared/news.ts';
import type { NewsOutcome } from './use-report-filter.ts';

interface ReportFiltersProps {
  outcome: NewsOutcome | null;
  numbers: NewsProgressDto | undefined;
  typed: string;
  onType: (words: string) => void;
  onChoose: (outcome: NewsOutcome | null) => void;
}

/** By name and by what became of it, each with its number. */
export function ReportFilters({ outcome, numbers, typed, onType, onChoose }: ReportFiltersProps) {
  const { report: words } = useOfficeText().news;
  const format = useFormat();
  const counted = (label: string, n: number | undefined) => (n === undefined ? label : `${label} (${format.number(n)})`);
  return (
    <search className={filters.filters}>
      <SearchField label={words.search} typed={typed} onType={onType} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.filter}
        value={outcome ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(newsOutcomes.find((one) => one === value) ?? null)}
        data={[
          { value: '', label: counted(words.any, numbers?.total) },
          ...newsOutcomes.map((value) => ({
            value,
            label: counted(words.outcomes[value], value === 'site' ? numbers?.siteOnly : numbers?.[value]),
          })),
        ]}
      />
    </search>
  );
}
