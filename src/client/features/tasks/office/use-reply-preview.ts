import { useEffect, useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import { replyLimit } from '#shared/clusters.ts';

const restMs = 300;

/** What students will get, from the server, whenever the typing rests; an older answer never comes over a newer one. */
export function useReplyPreview(taskId: string, body: string): { html: string; failed: boolean } {
  const { client } = trpc.useUtils();
  const [html, setHtml] = useState('');
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const text = body.trim();
    if (text === '' || text.length > replyLimit) return;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const next = await client.tasks.clusters.preview.mutate({ taskId, body: text }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        setHtml(next.html);
        setFailed(false);
      } catch {
        if (!abort.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, taskId, body]);
  return { html, failed };
}
