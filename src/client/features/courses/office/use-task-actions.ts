import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { OfficeTaskDto, ProgrammeDto } from '#shared/curriculum.ts';
import { focusNeighbour } from './focus-neighbour.ts';
import { withoutTask, withTask } from './programme-changes.ts';
import { useCurriculum } from './use-curriculum.ts';

export type NotPublished = 'problems' | 'conflict' | 'key-changed';

/** What is done to a task without asking, each with its way back. */
export function useTaskActions(course: ProgrammeDto, task: OfficeTaskDto, onNotPublished: (why: NotPublished) => void) {
  const words = useOfficeText().curriculum.done.task;
  const { api, act } = useCurriculum(course.slug);
  const { id, title } = task;
  const hide = {
    programme: (before: ProgrammeDto) => withTask(before, id, { published: false }),
    send: () => api.unpublishTask.mutate({ id }),
  };
  const publishAgain = { send: () => api.publishTask.mutate({ id }) };
  return {
    publish() {
      let why: NotPublished | null = null;
      // Not shown before the server has read the text: it may be full of mistakes.
      void act(
        {
          send: async () => {
            const { outcome } = await api.publishTask.mutate({ id });
            why = outcome === 'published' ? null : outcome;
            if (why) onNotPublished(why);
          },
        },
        () => {
          if (why) return undefined;
          // An edit that was published has its way back in the history of the text.
          if (task.published) return words.published(title);
          return { message: words.published(title), undo: () => act(hide) };
        },
      );
    },
    unpublish: () => void act(hide, () => ({ message: words.unpublished(title), undo: () => act(publishAgain) })),
    copy() {
      const newId = makeUuid();
      void act({ send: () => api.duplicateTask.mutate({ id, newId }) }, () => ({
        message: words.copied(title),
        undo: () => act({ send: () => api.deleteTask.mutate({ id: newId }) }),
      }));
    },
    remove() {
      focusNeighbour(id);
      void act({ programme: (before) => withoutTask(before, id), send: () => api.deleteTask.mutate({ id }) }, () => ({
        message: words.deleted(title),
        undo: () => act({ send: () => api.restoreTask.mutate({ id }) }),
      }));
    },
  };
}
