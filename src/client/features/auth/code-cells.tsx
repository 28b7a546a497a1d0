import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Group.layer.css';
import '@mantine/core/styles/PinInput.layer.css';
import { PinInput } from '@mantine/core';
import type { ClipboardEvent } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { readCode } from '#shared/values.ts';
import classes from './code-cells.module.css';

interface CodeCellsProps {
  code: string;
  invalid: boolean;
  readOnly: boolean;
  /** Id of the words that say what is wrong. */
  describedBy: string;
  onChange: (digits: string) => void;
  onComplete: (digits: string) => void;
}

/** Six cells: typed, pasted whole (with the spaces and dashes it may have), or filled in by the phone. */
export function CodeCells({ code, invalid, readOnly, describedBy, onChange, onComplete }: CodeCellsProps) {
  const { code: words } = useAccountText().auth;

  function paste(event: ClipboardEvent) {
    const digits = readOnly ? null : readCode(event.clipboardData.getData('text/plain'));
    if (!digits) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(digits);
    onComplete(digits);
  }

  return (
    <fieldset aria-describedby={describedBy} onPasteCapture={paste}>
      <legend className={classes.legend}>{words.label}</legend>
      <PinInput
        length={6}
        type="number"
        oneTimeCode
        autoFocus
        gap={8}
        placeholder=""
        value={code}
        error={invalid}
        readOnly={readOnly}
        onChange={onChange}
        onComplete={onComplete}
        getInputProps={(index) => ({ 'aria-label': words.digit(index + 1), 'aria-invalid': invalid })}
        classNames={{ root: classes.root, pinInput: classes.pin, input: classes.input }}
      />
    </fieldset>
  );
}
