import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';

export type NewsAct = 'pause' | 'resume' | 'cancel' | 'unschedule';

/** What can be done to one that is on its way. Whatever came of it, what is shown is read anew. */
export function useNewsActs(id: string) {
  const utils = trpc.useUtils();
  const api = utils.client.news.office;
  const text = useText();
  const format = useFormat();
  const [busy, setBusy] = useState<NewsAct | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function act(deed: NewsAct): Promise<boolean> {
    if (busy) return false;
    setBusy(deed);
    setProblem(null);
    try {
      utils.news.office.get.setData({ id }, await api[deed].mutate({ id }));
      return true;
    } catch (error) {
      setProblem(errorText(error, text, format));
      void utils.news.office.get.invalidate({ id });
      return false;
    } finally {
      await Promise.allSettled([utils.news.office.progress.invalidate({ id }), utils.news.office.list.invalidate()]);
      setBusy(null);
    }
  }
  return { busy, problem, act };
}
