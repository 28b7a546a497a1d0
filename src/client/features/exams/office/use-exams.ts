import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { OfficeExamDto, OfficeExamsDto } from '#shared/exams-office.ts';

const key = ['exams-office'];

type Undo = Parameters<ReturnType<typeof useUndo>>[0];

interface Change {
  /** What the list of this course looks like once it is done: shown at once, taken back when it is refused. */
  list?: { course: string; show: (before: OfficeExamsDto) => OfficeExamsDto };
  exam?: { id: string; show: (before: OfficeExamDto) => OfficeExamDto };
  send: () => Promise<unknown>;
}

/**
 * Changes of exams: sent one after the other, shown before the server has answered and taken back when it refuses. What they came to is read again
 * after the last, by the pages of students too.
 */
export function useExams() {
  const utils = trpc.useUtils();
  const queries = useQueryClient();
  const text = useText();
  const format = useFormat();
  const { exams: words } = useOfficeText();
  const offerUndo = useUndo();
  const { list, get } = utils.exams.office;
  const { mutateAsync } = useMutation({
    mutationKey: key,
    scope: { id: 'exams-office' },
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSettled: () => (queries.isMutating({ mutationKey: key }) === 1 ? utils.exams.invalidate() : undefined),
  });

  /** @throws what the server refused; what was shown is taken back by then */
  async function change(wanted: Change): Promise<void> {
    const listed = wanted.list && list.getData({ course: wanted.list.course });
    const opened = wanted.exam && get.getData({ id: wanted.exam.id });
    if (wanted.list && listed) {
      void list.cancel({ course: wanted.list.course });
      list.setData({ course: wanted.list.course }, wanted.list.show(listed));
    }
    if (wanted.exam && opened) {
      void get.cancel({ id: wanted.exam.id });
      get.setData({ id: wanted.exam.id }, wanted.exam.show(opened));
    }
    try {
      await mutateAsync(wanted.send);
    } catch (error) {
      if (wanted.list && listed) list.setData({ course: wanted.list.course }, listed);
      if (wanted.exam && opened) get.setData({ id: wanted.exam.id }, opened);
      throw error;
    }
  }

  /** What was refused, in words: an exam that is not ready says what is missing. */
  function refusal(error: unknown): string {
    const refused = appError(error);
    return refused?.code === 'EXAMS_INCOMPLETE' ? words.incomplete[refused.data.reason] : errorText(error, text, format);
  }

  return {
    api: utils.client.exams.office,
    change,
    refusal,
    /** A change without a form of its own: what was refused is said at the foot of the page, what was done may be taken back. */
    async act(wanted: Change, done?: () => Undo | string): Promise<boolean> {
      try {
        await change(wanted);
      } catch (error) {
        say(refusal(error));
        return false;
      }
      const told = done?.();
      if (typeof told === 'string') say(told);
      else if (told) offerUndo(told);
      return true;
    },
  };
}
