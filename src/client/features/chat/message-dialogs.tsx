import type { ChatFileDto } from '#shared/chat.ts';
import { PictureDialog } from './picture-dialog.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

interface MessageDialogsProps {
  threadId: string;
  dialogs: {
    versionsOf: number | null;
    closeVersions: () => void;
    picture: ChatFileDto | null;
    /** Of the same message. */
    pictures: ChatFileDto[];
    showPicture: (picture: ChatFileDto | null) => void;
  };
}

/** What opens over the talk. */
export function MessageDialogs({ threadId, dialogs: { versionsOf, closeVersions, picture, pictures, showPicture } }: MessageDialogsProps) {
  const at = pictures.findIndex(({ id }) => id === picture?.id);
  return (
    <>
      {versionsOf !== null && <VersionsDialog threadId={threadId} seq={versionsOf} onClose={closeVersions} />}
      {picture && at >= 0 && (
        <PictureDialog pictures={pictures} at={at} onMove={(to) => showPicture(pictures[to] ?? null)} onClose={() => showPicture(null)} />
      )}
    </>
  );
}
