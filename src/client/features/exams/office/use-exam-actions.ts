import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { useExams } from './use-exams.ts';

/** What is done to an exam without asking, each with its way back: in the list and in the editor. */
export function useExamActions(course: string, { id, title }: { id: string; title: string }) {
  const { done: words } = useOfficeText().exams;
  const { api, act } = useExams();
  const turn = (published: boolean) => ({ send: () => (published ? api.publish : api.unpublish).mutate({ id }) });
  return {
    publish: () => act(turn(true), () => ({ message: words.published(title), undo: () => act(turn(false)) })),
    unpublish: () => act(turn(false), () => ({ message: words.unpublished(title), undo: () => act(turn(true)) })),
    copy() {
      const newId = makeUuid();
      return act({ send: () => api.copy.mutate({ id, newId }) }, () => ({
        message: words.copied(title),
        undo: () => act({ send: () => api.delete.mutate({ id: newId }) }),
      }));
    },
    remove: (onDeleted?: () => void) =>
      act(
        {
          list: { course, show: (before) => ({ ...before, exams: before.exams.filter((exam) => exam.id !== id) }) },
          send: async () => {
            await api.delete.mutate({ id });
            // Before what is in view is read again: the page of a deleted exam says that there is none.
            onDeleted?.();
          },
        },
        () => ({ message: words.deleted(title), undo: () => act({ send: () => api.restore.mutate({ id }) }) }),
      ),
  };
}
