import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconPencil } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { Link } from 'wouter';
import { useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { lazyTalk } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { RoomDto } from '#shared/inbox.ts';
import { RoomDialog } from './room-dialog.tsx';
import classes from './thread.module.css';

const Chat = lazyTalk(() => import('../chat/chat.tsx'), 'Chat');

/** The room that is open. */
export function RoomPane({ room }: { room: RoomDto }) {
  const { rooms: words } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const [renaming, setRenaming] = useState(false);
  const { rename, close } = useRoomChanges(room);
  return (
    <>
      <div className={classes.head}>
        <ActionIcon component={Link} href="/admin/rooms" aria-label={words.back} className={classes.backLink}>
          <IconArrowLeft {...icon.lg} />
        </ActionIcon>
        <div className={classes.who}>
          <h2 id="thread-title" tabIndex={-1} data-anchor-target="">
            <bdi>{room.title}</bdi>
          </h2>
        </div>
        <ActionIcon aria-label={words.rename} title={words.rename} onClick={() => setRenaming(true)}>
          <IconPencil {...icon.md} />
        </ActionIcon>
        {!room.common && (
          <BusyButton
            type="button"
            size="sm"
            variant="default"
            busy={close.isPending}
            busyLabel={room.closed ? words.reopening : words.close}
            onClick={() => close.mutate({ threadId: room.threadId, closed: !room.closed })}
          >
            {room.closed ? words.reopen : words.close}
          </BusyButton>
        )}
      </div>
      <div className={classes.notes}>
        <FormError>{close.error && errorText(close.error, text, format)}</FormError>
      </div>
      <div className={classes.chat}>
        <Suspense fallback={null}>
          <Chat
            threadId={room.threadId}
            asTeacher
            fill
            level={3}
            readOnly={room.closed ? <NoteBox>{words.isClosed}</NoteBox> : undefined}
          />
        </Suspense>
      </div>
      {renaming && (
        <RoomDialog
          heading={words.rename}
          save={words.save}
          saving={words.renaming}
          title={room.title}
          onClose={() => setRenaming(false)}
          onSave={rename}
        />
      )}
    </>
  );
}

/** Another name, closed, open again: each can be taken back. */
function useRoomChanges({ threadId, title }: RoomDto) {
  const { rooms: words } = useOfficeText();
  const utils = trpc.useUtils();
  const offerUndo = useUndo();
  const done = () => utils.chat.rooms.list.invalidate();
  const rename = trpc.chat.rooms.rename.useMutation({ onSuccess: done });
  const reopen = trpc.chat.rooms.close.useMutation({ onSuccess: done });
  const close = trpc.chat.rooms.close.useMutation({
    async onSuccess(_result, { closed }) {
      await done();
      if (closed) offerUndo({ message: words.closed(title), undo: () => reopen.mutateAsync({ threadId, closed: false }) });
    },
  });
  return {
    close,
    async rename(next: string): Promise<void> {
      if (next === title) return;
      await rename.mutateAsync({ threadId, title: next });
      offerUndo({ message: words.renamed(next), undo: () => rename.mutateAsync({ threadId, title }) });
    },
  };
}
