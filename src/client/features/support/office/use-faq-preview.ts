import { useEffect, useRef, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { faqLimits } from '#shared/support-limits.ts';

const restMs = 300;

/** The answer as students will get it, whenever the typing rests; an older one never comes over a newer one. Null: nothing has come yet. */
export function useFaqPreview(body: string): { html: string | null; stale: boolean } {
  const { client } = trpc.useUtils();
  const [shown, show] = useState<{ body: string; html: string } | null>(null);
  const [failed, setFailed] = useState(false);
  const reachable = offline.use() === null;
  const begun = useRef(false);

  useEffect(() => {
    if (!reachable || body.length > faqLimits.body) return;
    const abort = new AbortController();
    const ask = async () => {
      begun.current = true;
      try {
        const { html } = await client.support.office.preview.mutate({ body }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        show({ body, html });
        setFailed(false);
      } catch {
        if (!abort.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void ask(), begun.current ? restMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, body, reachable]);
  return { html: shown?.html ?? null, stale: (failed || !reachable) && shown?.body !== body };
}
