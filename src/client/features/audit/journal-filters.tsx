import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import classes from './journal.module.css';
import { choicesOf, type JournalFilter } from './use-filter.ts';

interface JournalFiltersProps {
  filter: JournalFilter;
  onChange: (change: Partial<Record<keyof JournalFilter, string>>) => void;
}

export function JournalFilters({ filter, onChange }: JournalFiltersProps) {
  const { audit } = useOfficeText();
  const people = trpc.audit.actors.useQuery(undefined, { staleTime: 300_000 });
  const { kinds, actions: codes } = choicesOf(filter, useMe()?.payments === true);
  const actors = [
    { value: '', label: audit.anybody },
    ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    { value: 'students', label: audit.students },
    { value: 'cli', label: audit.actor.cli },
    { value: 'system', label: audit.actor.system },
  ];
  // Somebody who is gone: their entries may be looked at all the same.
  if (filter.actor && !actors.some(({ value }) => value === filter.actor)) actors.push({ value: filter.actor, label: audit.actor.gone });
  return (
    <search className={classes.filters} aria-label={audit.filters}>
      <NativeSelect
        size="sm"
        label={audit.who}
        data={actors}
        value={filter.actor ?? ''}
        onChange={(event) => onChange({ actor: event.currentTarget.value })}
      />
      <NativeSelect
        size="sm"
        label={audit.kind}
        data={[{ value: '', label: audit.anything }, ...kinds.map((kind) => ({ value: kind, label: audit.kinds[kind] }))]}
        value={filter.kind ?? ''}
        onChange={(event) => onChange({ kind: event.currentTarget.value, action: '' })}
      />
      <NativeSelect
        size="sm"
        label={audit.action}
        data={[{ value: '', label: audit.anyAction }, ...codes.map((code) => ({ value: code, label: audit.actions[code] }))]}
        value={filter.action ?? ''}
        onChange={(event) => onChange({ action: event.currentTarget.value })}
      />
      <TextInput
        size="sm"
        type="date"
        label={audit.from}
        max={filter.to}
        value={filter.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        size="sm"
        type="date"
        label={audit.to}
        min={filter.from}
        value={filter.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <NameField value={filter.text ?? ''} onChange={(text) => onChange({ text })} />
      {Object.values(filter).some(Boolean) && (
        <Button
          size="sm"
          variant="subtle"
          onClick={() => onChange({ actor: '', kind: '', action: '', subject: '', from: '', to: '', text: '' })}
        >
          {audit.reset}
        </Button>
      )}
    </search>
  );
}

function NameField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { audit } = useOfficeText();
  const { typed, type } = useTyped(value, onChange);
  return (
    <TextInput
      size="sm"
      type="search"
      label={audit.text}
      placeholder={audit.textHint}
      maxLength={100}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
