import { useLocation } from 'wouter';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { setTitle } from '#shared/i18n/set-title.ts';

/** What can be done to a row of the list. */
export function useNewsList() {
  const { news } = useOfficeText();
  const { list: words } = news;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const api = utils.client.news.office;
  const [, navigate] = useLocation();
  const undo = useUndo();
  const refresh = () => Promise.all([utils.news.office.list.invalidate(), utils.news.feed.invalidate()]);

  return {
    async copy(id: string): Promise<void> {
      try {
        const made = await api.copy.mutate({ id });
        utils.news.office.get.setData({ id: made.id }, made);
        void refresh();
        navigate(`/admin/news/${made.id}`);
      } catch (error) {
        say(words.actFailed(errorText(error, text, format)));
      }
    },
    async remove({ id, title }: { id: string; title: string }): Promise<void> {
      try {
        await api.remove.mutate({ id });
        undo({
          message: words.removed(setTitle(title) || news.untitled),
          undo: async () => {
            await api.restore.mutate({ id });
            await refresh();
          },
        });
      } catch (error) {
        say(words.actFailed(errorText(error, text, format)));
      }
      await refresh();
    },
  };
}
