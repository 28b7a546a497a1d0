import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { FaqOfficeArticleDto } from '#shared/support.ts';
import classes from './faq-editor.module.css';

/** Somebody else has saved the same article: nothing goes over theirs until both were seen. */
export function FaqConflictNote({ theirs, onCompare }: { theirs: FaqOfficeArticleDto; onCompare: () => void }) {
  const { conflict: words } = useOfficeText().faq;
  const format = useFormat();
  const today = format.daysAgo(theirs.updatedAt) === format.daysAgo(serverNow());
  const when = today ? words.atTime(format.time(theirs.updatedAt)) : format.dateTime(theirs.updatedAt);
  return (
    <div role="alert">
      <NoteBox tone="warn" icon={<IconAlertTriangle {...icon.md} />}>
        <div className={classes.note}>
          <p>
            <b>{theirs.updatedByName ? words.by(theirs.updatedByName, when) : words.note(when)}</b> {words.safe}
          </p>
          <Button variant="default" size="sm" onClick={onCompare}>
            {words.compare}
          </Button>
        </div>
      </NoteBox>
    </div>
  );
}
