import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { TemplateDto } from '#shared/inbox.ts';
import classes from './templates.module.css';

interface TemplateConflictProps {
  theirs: TemplateDto;
  busy: boolean;
  onOverrule: () => void;
  onLeave: () => void;
}

/** Two teachers changed one template: theirs is shown, one's own is still in the fields, and one of them is chosen. */
export function TemplateConflict({ theirs, busy, onOverrule, onLeave }: TemplateConflictProps) {
  const { templates: words } = useOfficeText().inbox;
  return (
    <>
      <NoteBox tone="warn" role="status">
        <p>{words.conflict}</p>
        <div className={classes.theirs}>
          <p>{words.theirs}:</p>
          <b>{theirs.title}</b>
          <p>{theirs.body}</p>
        </div>
      </NoteBox>
      <div className={classes.buttons}>
        <BusyButton type="button" busy={busy} busyLabel={words.saving} onClick={onOverrule}>
          {words.overrule}
        </BusyButton>
        <Button variant="default" onClick={onLeave}>
          {words.takeTheirs}
        </Button>
      </div>
    </>
  );
}
