import { useEffect, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { type PreviewDto, storableText, type TextInput, textLimit } from '#shared/texts.ts';

const restMs = 300;

/** What the student will get, from the server, whenever the typing rests; an older answer never comes over a newer one. */
export function usePreview({ kind, subjectId }: TextInput, text: string): { preview: PreviewDto | null; error: unknown } {
  const { client } = trpc.useUtils();
  const [preview, setPreview] = useState<PreviewDto | null>(null);
  const [error, setError] = useState<unknown>(null);
  const reachable = offline.use() === null;
  const begun = useRef(false);

  useEffect(() => {
    if (!reachable || text.length > textLimit) return;
    const abort = new AbortController();
    const ask = async () => {
      begun.current = true;
      try {
        const next = await client.texts.preview.mutate({ kind, subjectId, source: storableText(text) }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        setPreview(next);
        setError(null);
      } catch (failure) {
        if (!abort.signal.aborted) setError(failure);
      }
    };
    const timer = setTimeout(() => void ask(), begun.current ? restMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, kind, subjectId, text, reachable]);
  return { preview, error };
}
