import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { paymentProviders } from '#shared/payments.ts';
import { orderFilters } from '#shared/payments-office.ts';
import { everything, isNarrow, type PaymentFilter } from './payment-filter.ts';

interface PaymentFiltersProps {
  filter: PaymentFilter;
  typed: string;
  onType: (search: string) => void;
  onChange: (filter: PaymentFilter) => void;
}

export function PaymentFilters({ filter, typed, onType, onChange }: PaymentFiltersProps) {
  const { payments } = useOfficeText();
  const { list: words } = payments;
  const choices = trpc.people.students.courseChoices.useQuery();
  const courses = (choices.data ?? []).map(({ id, title, published }) => ({
    value: id,
    label: published ? setTitle(title) : words.draft(setTitle(title)),
  }));
  const known = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((one) => one === value);
  const change = (part: Partial<PaymentFilter>) => onChange({ ...filter, search: typed, ...part });
  return (
    <search className={filters.filters}>
      <SearchField label={words.search} typed={typed} onType={onType} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.filter}
        value={filter.filter}
        onChange={(event) => change({ filter: known(orderFilters, event.currentTarget.value) ?? 'all' })}
        data={orderFilters.map((value) => ({ value, label: words.filters[value] }))}
      />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.provider}
        value={filter.provider ?? ''}
        onChange={(event) => change({ provider: known(paymentProviders, event.currentTarget.value) })}
        data={[{ value: '', label: words.anyProvider }, ...paymentProviders.map((value) => ({ value, label: payments.provider[value] }))]}
      />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={words.course}
        value={filter.courseId ?? ''}
        onChange={(event) => change({ courseId: event.currentTarget.value || undefined })}
        data={[{ value: '', label: words.anyCourse }, ...courses]}
      />
      {isNarrow({ ...filter, search: typed }) && (
        <Button variant="subtle" size="sm" onClick={() => onChange(everything)}>
          {words.reset}
        </Button>
      )}
    </search>
  );
}
