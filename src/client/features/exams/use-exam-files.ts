import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChosenFiles } from '#client/features/tasks/long-answer-chosen.tsx';
import { thumbOf } from '#client/features/tasks/long-answer-thumb.ts';
import { appError, errorText, refusalOf } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { onePerPerson, usePersonId } from '#client/lib/person.ts';
import { sessionEnded } from '#client/lib/session.ts';
import type { Store } from '#client/lib/store.ts';
import { trpc } from '#client/lib/trpc.ts';
import { uploadFile } from '#client/lib/upload.ts';
import { UploadRefused, uploadErrorText } from '#client/lib/upload-refusal.ts';
import type { ExamFilesDto } from '#shared/exam-works.ts';
import { workLimits } from '#shared/work-limits.ts';
import { syncSession } from './exam-session.ts';
import { lateFiles } from './late-files.tsx';
import { createExamFiles, type ExamFiles, type Place } from './long-exam-files.ts';

/** Files on their way, whatever task or page is shown. */
const useMovingFiles = onePerPerson((personId, client, queries): ExamFiles => {
  const files = createExamFiles({
    memory: deviceMemory,
    personId,
    async upload(file, { attemptId }, { progress, signal }) {
      const { uploadId } = await uploadFile(file, { purpose: 'exam', subjectId: attemptId, onProgress: progress, signal });
      return uploadId;
    },
    async lay(place) {
      const { attemptId, taskId } = place;
      showFiles(queries, { attemptId, taskId }, await client.exams.long.addFile.mutate(place));
      syncSession(personId, attemptId);
    },
    thumbOf,
    makeId: makeUuid,
    retryAfter,
  });
  files.refused.subscribe(() => lateFiles.set(files.refused.get().filter(({ error }) => cameLate(error))));
  void files.goOn();
  return files;
});

function cameLate(error: unknown): boolean {
  return (error instanceof UploadRefused ? error.error : appError(error))?.code === 'EXAMS_OVER';
}

function showFiles(queries: QueryClient, place: Place, { files, room }: ExamFilesDto): void {
  queries.setQueryData(getQueryKey(trpc.exams.long.files, place, 'query'), { files, room });
}

const longestWaitMs = 15_000;

/** A lost connection, an ended session and a fault of the server pass; a refusal stays. */
function retryAfter(error: unknown, failures: number): Promise<void> | null {
  const refusal = refusalOf(error);
  if (refusal?.code === 'AUTH_SESSION_REQUIRED') {
    sessionEnded.set(true);
    return changeOf(sessionEnded, (ended) => !ended);
  }
  const passes = refusal === null || refusal.code === 'UNEXPECTED' || refusal.code === 'AUTH_RATE_LIMITED';
  if (!passes) return null;
  const soon = new Promise<void>((resolve) => setTimeout(resolve, Math.min(longestWaitMs, 500 * 2 ** failures)));
  return offline.get() === null ? soon : Promise.race([soon, changeOf(offline, (state) => state === null)]);
}

function changeOf<T>(store: Store<T>, wanted: (value: T) => boolean): Promise<void> {
  if (wanted(store.get())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!wanted(store.get())) return;
      stop();
      resolve();
    });
  });
}

interface Removed {
  uploadId: string;
  name: string;
  size: number;
  at: number;
}

/** Files of a long answer in an exam: laid, on their way, refused, just taken off. */
export function useExamFiles({ attemptId, taskId }: Place, told: number) {
  const place = { attemptId, taskId };
  const text = useText();
  const format = useFormat();
  const queries = useQueryClient();
  const personId = usePersonId();
  const moving = useMovingFiles();
  const arriving = moving.moving.use().filter((file) => file.attemptId === attemptId && file.taskId === taskId);
  const refused = moving.refused.use().filter((file) => file.attemptId === attemptId && file.taskId === taskId);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const query = trpc.exams.long.files.useQuery(place, { staleTime: 0 });
  const laid = query.data?.files ?? [];
  const remove = trpc.exams.long.removeFile.useMutation({
    onSuccess(result, { fileId }) {
      const file = laid.find(({ id }) => id === fileId);
      showFiles(queries, place, result);
      if (file) setRemoved({ uploadId: result.uploadId, name: file.name, size: file.size, at: file.at });
      syncSession(personId, attemptId);
    },
  });

  // Another device has laid or removed one: what this one saves tells so.
  const { refetch } = query;
  const known = useRef(told);
  useEffect(() => {
    if (known.current === told) return;
    known.current = told;
    void refetch();
  }, [told, refetch]);

  const room = workLimits.files - laid.length - arriving.length;
  const why = (error: unknown) =>
    error === tooMany ? text.tasks.long.tooMany(workLimits.files) : (uploadErrorText(error, text) ?? errorText(error, text, format));
  const chosen: ChosenFiles = {
    files: laid.map(({ id, name, size, mime, previewUrl, viewUrl }) => ({
      id,
      name,
      size,
      thumb: mime.startsWith('image/') ? previewUrl : null,
      url: viewUrl,
    })),
    arriving,
    refused: refused.map(({ key, name, error }) => ({ key, name, why: why(error) })),
    cancel: moving.cancel,
    remove: (fileId) => !remove.isPending && remove.mutate({ ...place, fileId }),
    dismiss: moving.dismiss,
  };
  return {
    query,
    chosen,
    room,
    removed,
    removeError: remove.error,
    add(files: File[]): void {
      const fitting = files.slice(0, Math.max(0, room));
      moving.refuseAll(
        place,
        files.slice(fitting.length).map(({ name }) => name),
        tooMany,
      );
      const last = Math.max(0, ...laid.map(({ at }) => at), ...arriving.map(({ at }) => at));
      for (const [index, file] of fitting.entries()) moving.add(place, file, last + 1 + index);
    },
    putBack(): void {
      if (removed) void moving.layAgain(place, removed);
      setRemoved(null);
    },
  };
}

/** Stands for itself among the errors of files: there is no room for more. */
const tooMany = Symbol('too many');
