import { useMutation, useQueryClient } from '@tanstack/react-query';
import { focusNeighbour } from '#client/features/courses/office/focus-neighbour.ts';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { FaqOfficeListDto } from '#shared/support.ts';
import { type ArticlePlace, placeOfArticle, withArticleMoved, withCategoryMoved, withoutArticle } from './faq-changes.ts';

const key = ['faq'];

interface Change {
  /** What the list looks like once it is done: shown at once, taken back when it is refused. */
  show?: (before: FaqOfficeListDto) => FaqOfficeListDto;
  send: () => Promise<unknown>;
}

/** Changes of the list, one after the other in the order in which they were made, each with its way back. */
export function useFaq() {
  const utils = trpc.useUtils();
  const queries = useQueryClient();
  const text = useText();
  const format = useFormat();
  const { faq } = useOfficeText();
  const offerUndo = useUndo();
  const api = utils.client.support.office;
  const { list } = utils.support.office;
  const { mutateAsync } = useMutation({
    mutationKey: key,
    scope: { id: 'faq' },
    mutationFn: (send: () => Promise<unknown>) => send(),
    // Read again after the last of them, here and on the site.
    onSettled: () => (queries.isMutating({ mutationKey: key }) === 1 ? utils.support.invalidate() : undefined),
  });

  /** @throws what the server refused; what was shown is taken back by then */
  async function change({ show, send }: Change): Promise<void> {
    const before = list.getData();
    if (show && before) {
      void list.cancel();
      list.setData(undefined, show(before));
    }
    try {
      await mutateAsync(send);
    } catch (error) {
      if (show && before) list.setData(undefined, before);
      throw error;
    }
  }

  async function act(wanted: Change, done?: { message: string; undo: () => Promise<unknown> }): Promise<void> {
    try {
      await change(wanted);
    } catch (error) {
      say(errorText(error, text, format));
      return;
    }
    if (done) offerUndo(done);
  }

  const moveTo = (id: string, place: ArticlePlace): Change => ({
    show: (before) => withArticleMoved(before, id, place),
    send: () => api.move.mutate({ id, ...place }),
  });
  const moveCategoryTo = (id: string, beforeId: string | null): Change => ({
    show: (before) => withCategoryMoved(before, id, beforeId),
    send: () => api.moveCategory.mutate({ id, beforeId }),
  });

  return {
    move(article: { id: string; title: string }, place: ArticlePlace): void {
      const back = placeOfArticle(list.getData() ?? [], article.id);
      if (!back) return;
      void act(moveTo(article.id, place), { message: faq.done.moved(article.title), undo: () => change(moveTo(article.id, back)) });
    },
    moveCategory(category: { id: string; title: string }, beforeId: string | null): void {
      const all = list.getData() ?? [];
      const back = all[all.findIndex(({ id }) => id === category.id) + 1]?.id ?? null;
      void act(moveCategoryTo(category.id, beforeId), {
        message: faq.done.categoryMoved(category.title),
        undo: () => change(moveCategoryTo(category.id, back)),
      });
    },
    remove({ id, title }: { id: string; title: string }): Promise<void> {
      focusNeighbour(id);
      return act(
        { show: (before) => withoutArticle(before, id), send: () => api.remove.mutate({ id }) },
        { message: faq.done.deleted(title), undo: () => change({ send: () => api.restore.mutate({ id }) }) },
      );
    },
    removeCategory({ id, title }: { id: string; title: string }): void {
      focusNeighbour(id);
      const all = list.getData() ?? [];
      const beforeId = all[all.findIndex((one) => one.id === id) + 1]?.id ?? null;
      // Nothing stood in it: a new one of that name, put to its place, is the same.
      const again = async () => {
        const made = await api.createCategory.mutate({ title });
        if (beforeId) await api.moveCategory.mutate({ id: made.id, beforeId });
      };
      void act(
        { show: (before) => before.filter((one) => one.id !== id), send: () => api.removeCategory.mutate({ id }) },
        { message: faq.done.categoryDeleted(title), undo: () => change({ send: again }) },
      );
    },
    /** @throws what the server refused */
    createCategory: (title: string) => change({ send: () => api.createCategory.mutate({ title }) }),
    /** @throws what the server refused */
    renameCategory: (id: string, title: string) => change({ send: () => api.renameCategory.mutate({ id, title }) }),
  };
}

export type FaqActions = ReturnType<typeof useFaq>;
