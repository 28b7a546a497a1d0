import { useCallback, useEffect, useRef, useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import type { ReviewDto, SaveGradingResult } from '#shared/reviews.ts';
import { type DeskGrading, forgetDraft, inOneOrder, toGrading } from './desk-draft.ts';

export type Saving = 'idle' | 'saving' | 'saved' | 'failed';

/** After the last key. */
const saveAfterMs = 800;
const retryAfterMs = 5000;

/** Saves what has changed, one save at a time; one that did not come through is tried again until it does. */
export function useAutosave(work: ReviewDto, grading: DeskGrading, active: boolean, onSaved: (result: SaveGradingResult) => void) {
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
    async (json: string): Promise<SaveGradingResult> => {
      const result = await mutateAsync({ workId, grading: JSON.parse(json) });
      if (result.outcome === 'saved') forgetDraft(workId);
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
