import { useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { uploadFile } from '#client/lib/upload.ts';
import { uploadErrorText } from '#client/lib/upload-refusal.ts';
import { workLimits } from '#shared/work-limits.ts';
import type { WorkDrafts } from './long-answer-drafts.ts';
import { thumbOf } from './long-answer-thumb.ts';

/** What of an upload has to outlive the page that began it: how to cancel it. */
const cancels = new Map<string, AbortController>();

/** Files of a work: chosen, on their way, refused. */
export function useWorkFiles(works: WorkDrafts, taskId: string) {
  const text = useText();
  const [refused, setRefused] = useState<{ key: string; name: string; why: string }[]>([]);
  const arriving = works.arriving.use()[taskId] ?? [];
  const { files } = works.drafts.use()[taskId] ?? works.draftOf(taskId);
  const room = workLimits.files - files.length - arriving.length;

  async function send(file: File, at: number): Promise<void> {
    const key = makeUuid();
    const cancel = new AbortController();
    cancels.set(key, cancel);
    works.fileBegins(taskId, { key, name: file.name, size: file.size, sent: 0, thumb: null, at });
    // Drawn while it is sent: the bytes are on this device anyway.
    const drawn = thumbOf(file).then((thumb) => works.fileGoesOn(taskId, key, { thumb }));
    try {
      const onProgress = (sent: number) => works.fileGoesOn(taskId, key, { sent });
      const { uploadId } = await uploadFile(file, { purpose: 'work', subjectId: taskId, onProgress, signal: cancel.signal });
      await drawn;
      works.fileEnds(taskId, key, uploadId);
    } catch (error) {
      works.fileEnds(taskId, key, null);
      const why = cancel.signal.aborted ? null : (uploadErrorText(error, text) ?? text.errors.byCode.UNEXPECTED);
      if (why !== null) setRefused((before) => [...before, { key, name: file.name, why }]);
    } finally {
      cancels.delete(key);
    }
  }

  return {
    files,
    arriving,
    refused,
    room,
    add(chosen: File[]): void {
      setRefused(
        chosen
          .slice(Math.max(0, room))
          .map((file) => ({ key: makeUuid(), name: file.name, why: text.tasks.long.tooMany(workLimits.files) })),
      );
      const now = Date.now();
      for (const [index, file] of chosen.slice(0, Math.max(0, room)).entries()) void send(file, now + index / 100);
    },
    cancel: (key: string) => cancels.get(key)?.abort(),
    remove: (id: string) => works.write(taskId, { files: files.filter((file) => file.id !== id) }),
    dismiss: (key: string) => setRefused((before) => before.filter((one) => one.key !== key)),
  };
}

export type WorkFiles = ReturnType<typeof useWorkFiles>;
