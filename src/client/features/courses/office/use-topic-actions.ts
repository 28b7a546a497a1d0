import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { focusNeighbour } from './focus-neighbour.ts';
import { withoutTopic, withTopic } from './programme-changes.ts';
import { useCurriculum } from './use-curriculum.ts';

/** What is done to a topic without asking, each with its way back. */
export function useTopicActions(course: ProgrammeDto, topic: OfficeTopicDto) {
  const words = useOfficeText().curriculum.done.topic;
  const { api, act } = useCurriculum(course.slug);
  const { id, title } = topic;
  const turn = (published: boolean) => ({
    programme: (before: ProgrammeDto) => withTopic(before, id, { published }),
    send: () => (published ? api.publishTopic : api.unpublishTopic).mutate({ id }),
  });
  return {
    publish: () => void act(turn(true), () => ({ message: words.published(title), undo: () => act(turn(false)) })),
    unpublish: () => void act(turn(false), () => ({ message: words.unpublished(title), undo: () => act(turn(true)) })),
    copy() {
      const newId = makeUuid();
      void act({ send: () => api.duplicateTopic.mutate({ id, newId }) }, () => ({
        message: words.copied(title),
        undo: () => act({ send: () => api.deleteTopic.mutate({ id: newId }) }),
      }));
    },
    remove() {
      focusNeighbour(id);
      void act({ programme: (before) => withoutTopic(before, id), send: () => api.deleteTopic.mutate({ id }) }, () => ({
        message: words.deleted(title),
        undo: () => act({ send: () => api.restoreTopic.mutate({ id }) }),
      }));
    },
  };
}
