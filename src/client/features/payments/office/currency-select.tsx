import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { useOfficeText } from '#client/lib/office-text.ts';
import { currencies } from '#shared/payments.ts';

/** In what something is sold. */
export function CurrencySelect({ label, value, onChange }: { label: string; value: string; onChange: (currency: string) => void }) {
  const { prices: words } = useOfficeText().payments;
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={currencies.map((currency) => ({ value: currency, label: words.options[currency] ?? currency }))}
    />
  );
}
