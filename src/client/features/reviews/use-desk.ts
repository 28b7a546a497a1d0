import { useCallback, useEffect, useRef, useState } from 'react';
import * as z from 'zod';
import { deviceMemory } from '#client/lib/memory.ts';
import { trpc } from '#client/lib/trpc.ts';
import {
  type CommentDto,
  type Grading,
  gradingSchema,
  type HolderDto,
  type ReviewDto,
  type Scores,
  type WorkStateDto,
} from '#shared/reviews.ts';
import { inOrder } from './comments.ts';

/** A remark being written; `key` stays while its number changes. */
export interface DeskComment extends CommentDto {
  key: number;
}

export interface DeskGrading {
  scores: Scores;
  comments: DeskComment[];
  remark: string;
}

export type Saving = 'idle' | 'saving' | 'saved' | 'failed';

/** After the last key. */
const saveAfterMs = 800;
const retryAfterMs = 5000;
/** A third of the time a lock holds: two renewals may be lost. */
const renewEveryMs = 200_000;

let lastKey = 0;

/** The grading of a work at this desk: held, written, saved as it is written. */
export function useDesk(work: ReviewDto) {
  const utils = trpc.useUtils();
  const [holder, setHolder] = useState(work.holder);
  const [lost, setLost] = useState<{ holder: HolderDto | null; state: WorkStateDto } | null>(null);
  const [grading, setGrading] = useState(() => startOf(work));
  const [textHtml, setTextHtml] = useState(work.textHtml);
  const mine = holder?.mine === true;
  const memoryKey = memoryKeyOf(work.id);

  const renew = trpc.reviews.renew.useMutation({ onSuccess: (result) => noteLock(result) });
  const release = trpc.reviews.release.useMutation();

  const noteLock = useCallback((result: { outcome: string; holder: HolderDto | null; state: WorkStateDto }) => {
    setHolder(result.holder);
    setLost(result.outcome === 'held' ? null : { holder: result.holder, state: result.state });
  }, []);

  // What others wrote is followed as long as nothing is written here.
  const follows = !mine && lost === null;
  useEffect(() => {
    if (!follows) return;
    setGrading(startOf(work));
    setTextHtml(work.textHtml);
  }, [follows, work]);

  const { saving, flush } = useAutosave(work, grading, mine, (result) => {
    if (result.outcome === 'saved') setTextHtml(result.textHtml);
    else noteLock(result);
  });

  // The lock lives as long as the page: an open tab keeps it, a page that was left gives it back, a dead one loses it by time.
  const { mutate: renewNow } = renew;
  const { mutate: releaseNow } = release;
  const leaving = useRef(false);
  useEffect(() => {
    if (!mine) return;
    leaving.current = false;
    const timer = setInterval(() => renewNow({ workId: work.id }), renewEveryMs);
    const seen = () => document.visibilityState === 'visible' && renewNow({ workId: work.id });
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      if (!leaving.current) void flush().then(() => releaseNow({ workId: work.id }));
    };
  }, [mine, work.id, renewNow, releaseNow, flush]);

  return {
    grading,
    textHtml,
    holder,
    mine,
    lost,
    saving,
    noteLock,
    /** Decided or let go by hand: nothing is given back a second time. */
    leave(): void {
      leaving.current = true;
      setHolder(null);
      deviceMemory.write(memoryKey, null);
      void utils.reviews.list.invalidate();
      void utils.reviews.count.invalidate();
    },
    change(part: Partial<DeskGrading>): void {
      setGrading((before) => {
        const next = { ...before, ...part };
        deviceMemory.write(memoryKey, JSON.stringify({ at: Date.now(), grading: toGrading(next) }));
        return next;
      });
    },
    addComment({ start, end }: { start: number; end: number }): number {
      lastKey += 1;
      const comment = { key: lastKey, start, end, body: '' };
      setGrading((before) => ({ ...before, comments: inOrder([...before.comments, comment]) }));
      return lastKey;
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** What of a grading may be sent: a remark without words is none yet. */
export function toGrading({ scores, comments, remark }: DeskGrading): Grading {
  return inOneOrder({ scores, remark, comments: comments.filter(({ body }) => body.trim() !== '') });
}

/** Two gradings that say the same are the same text. */
function inOneOrder({ scores, comments, remark }: Grading): Grading {
  const sorted = Object.fromEntries(Object.entries(scores).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { scores: sorted, remark, comments: inOrder(comments).map(({ start, end, body }) => ({ start, end, body })) };
}

const memoryKeyOf = (workId: string) => `grading.${workId}`;

/** What the server has; or what this device wrote after it, where the last save did not come through. */
function startOf(work: ReviewDto): DeskGrading {
  const kept = work.state === 'waiting' ? readKept(deviceMemory.read(memoryKeyOf(work.id))) : null;
  const { scores, comments, remark } = kept ?? work.grading;
  return {
    scores,
    remark,
    comments: comments.map((comment) => {
      lastKey += 1;
      return { ...comment, key: lastKey };
    }),
  };
}

/** After a day others may have gone on with it. */
const keptMs = 24 * 3_600_000;

function readKept(stored: string | null): Grading | null {
  try {
    const kept = z.object({ at: z.number(), grading: gradingSchema }).safeParse(JSON.parse(stored ?? 'null'));
    return kept.success && Date.now() - kept.data.at < keptMs ? kept.data.grading : null;
  } catch {
    return null;
  }
}

type SaveResult = Parameters<NonNullable<NonNullable<Parameters<typeof trpc.reviews.saveGrading.useMutation>[0]>['onSuccess']>>[0];

/** Saves what has changed, one save at a time; one that did not come through is tried again until it does. */
function useAutosave(work: ReviewDto, grading: DeskGrading, active: boolean, onSaved: (result: SaveResult) => void) {
  const { mutateAsync } = trpc.reviews.saveGrading.useMutation();
  const [saving, setSaving] = useState<Saving>('idle');
  const workId = work.id;
  const known = JSON.stringify(inOneOrder(work.grading));
  const wanted = JSON.stringify(toGrading(grading));
  const [saved, setSaved] = useState(known);
  const [tries, setTries] = useState(0);
  const report = useRef(onSaved);
  const unsaved = useRef<string | null>(null);
  useEffect(() => {
    report.current = onSaved;
    unsaved.current = active && wanted !== saved ? wanted : null;
  });

  const save = useCallback(
    async (json: string): Promise<SaveResult> => {
      const result = await mutateAsync({ workId, grading: JSON.parse(json) });
      if (result.outcome === 'saved') deviceMemory.write(memoryKeyOf(workId), null);
      return result;
    },
    [mutateAsync, workId],
  );

  useEffect(() => {
    if (!active) setSaved(known);
  }, [active, known]);

  useEffect(() => {
    if (!active || wanted === saved) return;
    let here = true;
    const timer = setTimeout(
      async () => {
        setSaving('saving');
        try {
          const result = await save(wanted);
          setSaved(wanted);
          setTries(0);
          setSaving(result.outcome === 'saved' ? 'saved' : 'failed');
          if (here) report.current(result);
        } catch {
          setSaving('failed');
          if (here) setTries(tries + 1);
        }
      },
      tries === 0 ? saveAfterMs : retryAfterMs,
    );
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [active, wanted, saved, tries, save]);

  /** What the last keys wrote, before the work is let go. What does not come through stays on this device. */
  const flush = useCallback(async () => {
    if (unsaved.current !== null) await save(unsaved.current).catch(() => undefined);
  }, [save]);

  return { saving, flush };
}
