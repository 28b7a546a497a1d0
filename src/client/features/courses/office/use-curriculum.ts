import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { CourseListDto, ProgrammeDto } from '#shared/curriculum.ts';

const key = ['curriculum'];

type Undo = Parameters<ReturnType<typeof useUndo>>[0];

interface Change {
  /** What the programme looks like once it is done: shown at once, taken back when it is refused. */
  programme?: (before: ProgrammeDto) => ProgrammeDto;
  courses?: (before: CourseListDto) => CourseListDto;
  send: () => Promise<unknown>;
}

/**
 * Changes of courses, topics and tasks: sent one after the other in the order in which they were made, shown before the server has answered and
 * taken back when it refuses. What all of them came to is read again after the last.
 * @param course slug of the course in view; none on the list of courses
 */
export function useCurriculum(course = '') {
  const utils = trpc.useUtils();
  const queries = useQueryClient();
  const text = useText();
  const format = useFormat();
  const { curriculum } = useOfficeText();
  const offerUndo = useUndo();
  const { programme, list } = utils.courses.office;
  const { mutateAsync } = useMutation({
    mutationKey: key,
    scope: { id: 'curriculum' },
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSettled: () => (queries.isMutating({ mutationKey: key }) === 1 ? utils.courses.invalidate() : undefined),
  });

  /** @throws what the server refused; what was shown is taken back by then */
  async function change({ programme: show, courses: showList, send }: Change): Promise<void> {
    const [before, listBefore] = [programme.getData({ course }), list.getData()];
    if (show && before) {
      void programme.cancel({ course });
      programme.setData({ course }, show(before));
    }
    if (showList && listBefore) {
      void list.cancel();
      list.setData(undefined, showList(listBefore));
    }
    try {
      await mutateAsync(send);
    } catch (error) {
      if (show && before) programme.setData({ course }, before);
      if (showList && listBefore) list.setData(undefined, listBefore);
      throw error;
    }
  }

  return {
    api: utils.client.courses.office,
    change,
    /** A change without a form of its own: what was refused is said at the foot of the page, what was done may be taken back. */
    async act(wanted: Change, done?: () => Undo | string | undefined): Promise<void> {
      try {
        await change(wanted);
      } catch (error) {
        const refused = appError(error);
        say(refused?.code === 'TASKS_FILE_CLASH' ? curriculum.programme.fileClash(refused.data.name) : errorText(error, text, format));
        return;
      }
      const told = done?.();
      if (typeof told === 'string') say(told);
      else if (told) offerUndo(told);
    },
  };
}

export type Curriculum = ReturnType<typeof useCurriculum>;
