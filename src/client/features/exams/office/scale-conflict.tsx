import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import classes from './scales.module.css';

interface ScaleConflictProps {
  /** What another teacher saved meanwhile; null: it was deleted. */
  points: number[] | null;
  busy: boolean;
  onTake: (points: number[]) => void;
  onKeep: () => void;
}

/** Two teachers at one table: the second chooses, and nothing that was typed is lost. */
export function ScaleConflict({ points, busy, onTake, onKeep }: ScaleConflictProps) {
  const { scales: words } = useOfficeText();
  const { common } = useText();
  return (
    <NoteBox tone="warn" role="status">
      <p>{points ? words.conflict : words.conflictGone}</p>
      {points && (
        <p>
          {words.theirs}: {points.join(' ')}
        </p>
      )}
      <div className={classes.choice}>
        <BusyButton type="button" size="sm" busy={busy} busyLabel={common.saving} onClick={onKeep}>
          {words.keepMine}
        </BusyButton>
        {points && (
          <Button variant="default" size="sm" onClick={() => onTake(points)}>
            {words.takeTheirs}
          </Button>
        )}
      </div>
    </NoteBox>
  );
}
