import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { icon } from '#client/ui/icon.ts';
import classes from './filters.module.css';

interface SearchFieldProps {
  label: string;
  /** What is typed at this moment; the list follows it a little later. */
  typed: string;
  onType: (q: string) => void;
  maxLength?: number;
}

/** The field that a list is searched by, first among its filters. */
export function SearchField({ label, typed, onType, maxLength = 200 }: SearchFieldProps) {
  return (
    <TextInput
      type="search"
      size="sm"
      className={classes.search}
      classNames={{ input: classes.control }}
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch {...icon.sm} />}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
