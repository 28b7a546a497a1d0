import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { TextKind, Theirs } from '#shared/texts.ts';
import classes from './text-editor.module.css';

/** Somebody else has written at the same text: nothing is saved over theirs until both were seen. */
export function ConflictNote({ kind, theirs, onCompare }: { kind: TextKind; theirs: Theirs; onCompare: () => void }) {
  const { conflict } = useOfficeText().editor;
  const format = useFormat();
  const when = () => {
    if (theirs.at === null) return conflict.some;
    const today = format.daysAgo(theirs.at) === format.daysAgo(serverNow());
    return today ? conflict.atTime(format.time(theirs.at)) : format.dateTime(theirs.at);
  };
  return (
    <div role="alert">
      <NoteBox tone="warn" icon={<IconAlertTriangle {...icon.md} />}>
        <div className={classes.conflict}>
          <p>
            <b>{theirs.byMe ? conflict.own(when()) : conflict[kind](when())}</b> {conflict.safe}
          </p>
          <Button variant="default" size="sm" onClick={onCompare}>
            {conflict.compare}
          </Button>
        </div>
      </NoteBox>
    </div>
  );
}
