import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import type { TextKind, Theirs } from '#shared/texts.ts';
import { createMergeEditor } from './editor/merge.ts';
import classes from './text-editor.module.css';
import { useWide } from './use-wide.ts';

interface ConflictDialogProps {
  kind: TextKind;
  mine: string;
  theirs: Theirs;
  onClose: () => void;
  /** My text, or what was made of both. */
  onKeep: (text: string) => void;
  onTake: (theirs: Theirs) => void;
}

/** Two columns: mine can be edited, theirs gives its pieces. Nothing is written before a button is pressed. */
export function ConflictDialog({ kind, mine, theirs, onClose, onKeep, onTake }: ConflictDialogProps) {
  const { editor } = useOfficeText();
  const { conflict: words } = editor;
  const wide = useWide();
  const host = useRef<HTMLDivElement>(null);
  const [merged, setMerged] = useState(mine);
  const latest = useRef(mine);
  const name = theirs.by ?? words.somebody;
  const title = theirs.published ? words.theirsPublished(name) : theirs.byMe ? words.theirsOwn : words.theirs(name);

  const make = useEffectEvent((parent: HTMLElement, sideBySide: boolean) =>
    createMergeEditor({
      kind,
      parent,
      // From one layout to the other what was merged so far stays.
      mine: latest.current,
      theirs: theirs.source,
      sideBySide,
      phrases: editor.phrases,
      labels: { mine: words.mine, theirs: title },
      onChange: (text) => {
        latest.current = text;
        setMerged(text);
      },
    }),
  );
  useEffect(() => {
    if (!host.current) return;
    const made = make(host.current, wide);
    return () => made.destroy();
  }, [wide]);

  const touched = merged !== mine;
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <p className={classes.mergeLead}>{wide ? words.lead : words.leadNarrow}</p>
      {wide && (
        <div className={classes.mergeNames}>
          <b>{words.mine}</b>
          <b>{title}</b>
        </div>
      )}
      <div ref={host} className={classes.merge} />
      <div className={classes.mergeButtons}>
        <Button size="sm" variant={touched ? 'filled' : 'default'} aria-disabled={!touched} onClick={() => touched && onKeep(merged)}>
          {words.keepMerged}
        </Button>
        <Button size="sm" variant="default" onClick={() => onKeep(mine)}>
          {words.keepMine}
        </Button>
        <Button size="sm" variant="default" onClick={() => onTake(theirs)}>
          {words.takeTheirs}
        </Button>
      </div>
    </Dialog>
  );
}
