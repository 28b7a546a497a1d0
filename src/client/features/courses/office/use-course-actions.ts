import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { CourseListDto, ProgrammeDto } from '#shared/curriculum.ts';
import { useCurriculum } from './use-curriculum.ts';

/** What is done to a course without asking, each with its way back: in the list and on the course's own pages. */
export function useCourseActions({ id, slug, title }: { id: string; slug: string; title: string }) {
  const words = useOfficeText().curriculum.done.course;
  const { api, act } = useCurriculum(slug);
  const turn = (published: boolean) => ({
    programme: (before: ProgrammeDto) => ({ ...before, published }),
    courses: (before: CourseListDto) => ({
      ...before,
      courses: before.courses.map((course) => (course.id === id ? { ...course, published } : course)),
    }),
    send: () => (published ? api.publishCourse : api.unpublishCourse).mutate({ id }),
  });
  return {
    publish: () => void act(turn(true), () => ({ message: words.published(title), undo: () => act(turn(false)) })),
    unpublish: () => void act(turn(false), () => ({ message: words.unpublished(title), undo: () => act(turn(true)) })),
    copy() {
      const newId = makeUuid();
      void act({ send: () => api.duplicateCourse.mutate({ id, newId }) }, () => ({
        message: words.copied(title),
        undo: () => act({ send: () => api.deleteCourse.mutate({ id: newId }) }),
      }));
    },
    remove: (onDeleted?: () => void) =>
      act(
        {
          courses: (before) => ({ ...before, courses: before.courses.filter((course) => course.id !== id) }),
          send: async () => {
            await api.deleteCourse.mutate({ id });
            // Before what is in view is read again: the page of a deleted course says that there is none.
            onDeleted?.();
          },
        },
        () => ({ message: words.deleted(title), undo: () => act({ send: () => api.restoreCourse.mutate({ id }) }) }),
      ),
  };
}
