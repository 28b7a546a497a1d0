import { chatLimits } from '#shared/chat-rules.ts';

/** Who deleted a message, as its readers are told. `deletedBy` is kept only where that was not the author. */
export function deletedState(message: { deletedAt: Date | null; deletedBy: string | null }): 'author' | 'moderator' | null {
  if (message.deletedAt === null) return null;
  return message.deletedBy === null ? 'author' : 'moderator';
}

/** One's own text may be changed for a day: after that others have long acted on it. */
export function mayStillEdit(sentAt: Date, now: Date): boolean {
  return now.getTime() - sentAt.getTime() < chatLimits.editMinutes * 60_000;
}

/** Who put a message away may put it back, and nobody else. */
export function mayRestore(message: { authorId: string | null; deletedBy: string | null }, personId: string): boolean {
  return message.deletedBy === null ? message.authorId === personId : message.deletedBy === personId;
}

/** The same message sent once more: by what the author wrote and sent along, whatever became of it since. */
export function isReplay(
  sent: { threadId: string; body: string; fileIds: readonly string[] },
  now: { threadId: string; body: string; fileIds: readonly string[] },
): boolean {
  return (
    sent.threadId === now.threadId &&
    sent.body === now.body &&
    sent.fileIds.length === now.fileIds.length &&
    sent.fileIds.every((id, place) => id === now.fileIds[place])
  );
}
