import { useState } from 'react';
import { thumbOf } from '#client/features/tasks/long-answer-thumb.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { uploadFile } from '#client/lib/upload.ts';
import { UploadRefused } from '#client/lib/upload-refusal.ts';
import { chatLimits } from '#shared/chat-rules.ts';
import type { OutFile } from './out-message.ts';
import type { ChatOutbox } from './outbox.ts';

/** How to stop what is on its way: it outlives the page that began it. */
const cancels = new Map<string, AbortController>();

/** Files for the message being written. */
export function useChatFiles(outbox: ChatOutbox, threadId: string, files: readonly OutFile[]) {
  const [tooMany, setTooMany] = useState(false);

  async function send(file: File): Promise<void> {
    const key = makeUuid();
    const cancel = new AbortController();
    cancels.set(key, cancel);
    outbox.fileBegins(threadId, { key, name: file.name, size: file.size });
    // Drawn while it is sent: the bytes are on this device anyway.
    void thumbOf(file).then((thumb) => thumb !== null && outbox.fileDrawn(key, thumb));
    try {
      const onProgress = (sent: number) => outbox.fileGoesOn(key, sent);
      const { uploadId } = await uploadFile(file, { purpose: 'chat', subjectId: threadId, onProgress, signal: cancel.signal });
      outbox.fileEnds(key, { uploadId });
    } catch (error) {
      if (!cancel.signal.aborted) outbox.fileEnds(key, { failed: error instanceof UploadRefused ? error.error : 'lost' });
    } finally {
      cancels.delete(key);
    }
  }

  return {
    tooMany,
    add(chosen: File[]): void {
      const room = Math.max(0, chatLimits.files - files.length);
      setTooMany(chosen.length > room);
      for (const file of chosen.slice(0, room)) void send(file);
    },
    remove(key: string): void {
      setTooMany(false);
      cancels.get(key)?.abort();
      outbox.dropFile(key);
    },
  };
}
