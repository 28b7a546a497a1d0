import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { shownInPlace } from '#client/features/files/upload-tray.tsx';
import { appError, errorText, isOffline } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { isUploading, uploadFile, uploads } from '#client/lib/upload.ts';
import { type NewsPictureDto, newsLimits } from '#shared/news.ts';
import { type PictureChange, type Placed, queued, withChange } from './picture-changes.ts';
import type { NewsDraft } from './use-news-draft.ts';

/** After the last key of a description. */
const restMs = 700;

export type NewsPictures = ReturnType<typeof useNewsPictures>;

/** Pictures of an announcement: shown as they will be at once, and told to the server one change after the other. */
export function useNewsPictures(draft: NewsDraft) {
  const { id, post } = draft;
  const api = trpc.useUtils().client.news.office;
  const { pictures: words } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const [queue, setQueue] = useState<PictureChange[]>([]);
  const latest = useRef(queue);
  const draining = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  // What has arrived stands in the list.
  const sending = uploads.use().filter((item) => item.purpose === 'news' && item.subjectId === id && item.phase !== 'done');

  const put = (next: PictureChange[]) => {
    latest.current = next;
    setQueue(next);
  };

  /** @throws what the server refused; what could not be sent stays in the queue */
  async function drainNow(): Promise<void> {
    for (let change = latest.current[0]; change; change = latest.current[0]) {
      const next = change;
      try {
        await draft.beside((rev, now) => {
          const pictures = withChange(now.pictures, next).map(({ id: picture, alt }) => ({ id: picture, alt: alt.trim() }));
          return api.setPictures.mutate({ id, rev, pictures });
        });
      } catch (error) {
        const waits = isOffline(error) || appError(error)?.code === 'NEWS_CONFLICT';
        if (!waits) put(latest.current.filter((one) => one !== next));
        throw error;
      }
      put(latest.current.filter((one) => one !== next));
    }
  }

  function drain(): Promise<void> {
    clearTimeout(timer.current);
    draining.current ??= drainNow().finally(() => {
      draining.current = null;
    });
    return draining.current;
  }

  const drainAside = () => void drain().catch((error) => setProblem(errorText(error, text, format)));

  function change(next: PictureChange): void {
    setProblem(null);
    put(queued(latest.current, next));
    clearTimeout(timer.current);
    if (next.kind === 'describe') timer.current = setTimeout(drainAside, restMs);
    else drainAside();
  }

  const goOn = useEffectEvent(() => {
    if (latest.current.length === 0) return;
    setProblem(null);
    drainAside();
  });
  const reachable = offline.use() === null;
  const free = draft.state.status === 'saved';
  useEffect(() => {
    if (reachable && free) goOn();
  }, [reachable, free]);
  // What was typed last goes out behind the page.
  useEffect(() => () => goOn(), []);

  // They are shown here, not once more at the foot of the page.
  useEffect(() => {
    shownInPlace.set([...shownInPlace.get(), id]);
    return () => shownInPlace.set(shownInPlace.get().filter((one) => one !== id));
  }, [id]);

  const shown: (NewsPictureDto | Placed)[] = queue.reduce<(NewsPictureDto | Placed)[]>(withChange, post?.pictures ?? []);

  async function add(file: File): Promise<void> {
    if (isUploading(file, 'news', id)) return;
    try {
      if (!draft.isOnServer() && !(await draft.flush())) return setProblem(words.notYet);
      const { uploadId } = await uploadFile(file, { purpose: 'news', subjectId: id });
      change({ kind: 'add', id: uploadId, alt: '' });
    } catch (error) {
      // What an upload was refused for stands in its own line.
      if (appError(error) || isOffline(error)) setProblem(errorText(error, text, format));
    }
  }

  return {
    shown,
    sending,
    problem,
    change,
    add(files: File[]): void {
      setProblem(null);
      const room = newsLimits.pictures - shown.length - sending.filter(({ phase }) => phase !== 'refused').length;
      if (files.length > room) setProblem(words.tooMany(newsLimits.pictures));
      for (const file of files.slice(0, Math.max(0, room))) void add(file);
    },
    /** @throws what the server refused */
    flush: drain,
    /** Something is still on its way, so it cannot be sent yet. */
    busy: sending.some(({ phase }) => phase !== 'refused'),
  };
}
