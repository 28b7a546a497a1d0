import '@mantine/core/styles/Input.layer.css';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import type { OfficeScaleDto } from '#shared/scales.ts';
import { readPasted } from './scale-table.ts';
import classes from './scales.module.css';

interface ScalePasteProps {
  /** What was filled in, in words. */
  note: string;
  /** Whose numbers may be taken as a beginning. */
  newest: OfficeScaleDto | null;
  onPasted: (pasted: ReadonlyMap<number, string>) => void;
  onCopy: (scale: OfficeScaleDto) => void;
}

/** Numbers from elsewhere, for who has no table to copy from cell to cell, such as on a phone. */
export function ScalePaste({ note, newest, onPasted, onCopy }: ScalePasteProps) {
  const { fields } = useOfficeText().scales;
  const [typed, setTyped] = useState('');
  return (
    <div className={classes.paste}>
      <Textarea
        label={fields.paste}
        description={fields.pasteHelp}
        value={typed}
        rows={3}
        maxLength={5000}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={classes.pasteActions}>
        <Button
          variant="default"
          size="sm"
          onClick={() => {
            const pasted = readPasted(typed, 1);
            onPasted(pasted);
            // What had no numbers stays, to be mended.
            if (pasted.size > 0) setTyped('');
          }}
        >
          {fields.fill}
        </Button>
        {newest && (
          <Button variant="subtle" size="sm" onClick={() => onCopy(newest)}>
            {fields.copy(newest.year)}
          </Button>
        )}
      </div>
      <p role="status" className={classes.max}>
        {note}
      </p>
    </div>
  );
}
