import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { NewsPreviewDto } from '#shared/news.ts';
import { storableText } from '#shared/storable.ts';
import { isTooLong, type NewsInput } from './news-fields.ts';

const restMs = 300;

/**
 * What every channel makes of it, whenever the typing rests; an older answer never comes over a newer one. `pictures`: what else the server shows, so that
 * it is asked again when that changes.
 */
export function useNewsPreview(id: string | null, input: NewsInput, pictures: string) {
  const { client } = trpc.useUtils();
  const [shown, show] = useState<{ of: string; preview: NewsPreviewDto } | null>(null);
  const [failed, setFailed] = useState(false);
  const reachable = offline.use() === null;
  const begun = useRef(false);
  const { title, body, button } = input;
  const of = JSON.stringify([id, title, body, button, pictures]);
  const fits = !isTooLong({ ...input, buttonLabel: '', buttonUrl: '', audience: 'all', courseId: '', inactiveDays: '', ...input.channels });

  const ask = useEffectEvent(async (signal: AbortSignal) => {
    begun.current = true;
    try {
      const preview = await client.news.office.preview.mutate({ id, title, body: storableText(body), button }, { signal });
      if (signal.aborted) return;
      show({ of, preview });
      setFailed(false);
    } catch {
      if (!signal.aborted) setFailed(true);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when any of what is shown has changed
  useEffect(() => {
    if (!reachable || !fits) return;
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(abort.signal), begun.current ? restMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [of, reachable, fits]);
  const behind = shown?.of !== of;
  return { preview: shown?.preview ?? null, stale: behind && !reachable ? 'offline' : behind && failed ? 'failed' : null } as const;
}
