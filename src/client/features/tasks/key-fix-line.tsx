import { IconRefresh } from '@tabler/icons-react';
import { useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import classes from './task-card.module.css';

/** Points that a mended key has brought, until the student says that it is read. Without a connection it stays, and may be said again. */
export function KeyFixLine({ taskId, points }: { taskId: string; points: number | null }) {
  const text = useText().tasks;
  const utils = trpc.useUtils();
  const read = trpc.tasks.keyFixSeen.useMutation({
    onSuccess: () => utils.courses.topic.invalidate(),
  });
  if (points === null || read.isPending || read.isSuccess) return null;
  return (
    <NoteBox icon={<IconRefresh {...icon.md} />} role="status" className={classes.keyFix}>
      {text.keyFix(points)}{' '}
      <Button size="sm" variant="subtle" onClick={() => read.mutate({ taskId })}>
        {text.keyFixRead}
      </Button>
    </NoteBox>
  );
}
