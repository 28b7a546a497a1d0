import { before as movedBefore } from '#client/features/courses/office/programme-changes.ts';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { OfficeExamDto, OfficeExamTaskDto } from '#shared/exams-office.ts';
import { type ListChange, withAdded, without, withPutBack } from './task-changes.ts';
import { useExams } from './use-exams.ts';

type Tasks = ListChange<OfficeExamTaskDto>;

/** As often somebody else may be faster before it is told. */
const tries = 3;

class ListChanged extends Error {}

const idsOf = (tasks: readonly OfficeExamTaskDto[]) => tasks.map(({ id }) => id);

/**
 * What is done to the tasks of an exam. The server takes a list only from who saw the former one; where another teacher was faster, the change is made
 * again on theirs, so that neither overwrites the other.
 */
export function useExamTasks(exam: OfficeExamDto) {
  const { exams: words } = useOfficeText();
  const utils = trpc.useUtils();
  const { api, change, refusal } = useExams();
  const offerUndo = useUndo();
  const { get } = utils.exams.office;
  const { id } = exam;

  /** @throws what was refused */
  function write(make: Tasks, { again = true } = {}): Promise<void> {
    let base = get.getData({ id })?.tasks ?? exam.tasks;
    return change({
      exam: { id, show: (before) => withTasks(before, make(before.tasks)) },
      async send() {
        for (let left = again ? tries : 1; ; left -= 1) {
          const { outcome } = await api.setTasks.mutate({ id, base: idsOf(base), taskIds: idsOf(make(base)) });
          if (outcome === 'saved') return;
          await get.invalidate({ id }, { refetchType: 'none' });
          base = (await get.fetch({ id })).tasks;
          if (left === 1) throw new ListChanged();
        }
      },
    });
  }

  const told = (error: unknown) => (error instanceof ListChanged ? words.content.conflict : refusal(error));

  /** A change that is told at the foot of the page, and its way back. */
  async function act(make: Tasks, message: string, back: Tasks): Promise<void> {
    try {
      await write(make);
    } catch (error) {
      say(told(error));
      return;
    }
    offerUndo({ message, undo: () => write(back) });
  }

  return {
    told,
    /** @throws what was refused: told in the dialog, which keeps what was chosen */
    async add(tasks: OfficeExamTaskDto[]): Promise<void> {
      await write(withAdded(tasks));
      offerUndo({ message: words.done.added(tasks.length), undo: () => write(without(idsOf(tasks))) });
    },
    /** @throws what was refused, also where the list is no longer the one that was seen: nobody's work is thrown away unseen */
    async replace(tasks: OfficeExamTaskDto[]): Promise<void> {
      const former = exam.tasks;
      await write(() => tasks, { again: false });
      offerUndo({ message: words.done.replaced(tasks.length), undo: () => write(() => [...former], { again: false }) });
    },
    remove(task: OfficeExamTaskDto): void {
      const next = nextOf(exam.tasks, task.id);
      void act(without([task.id]), words.done.removed(task.title), withPutBack(task, next));
    },
    move(task: OfficeExamTaskDto, beforeId: string | null): void {
      const next = nextOf(exam.tasks, task.id);
      const make: Tasks = (tasks) => movedBefore(tasks, task.id, beforeId);
      void act(make, words.done.movedTask(task.title), (tasks) => movedBefore(tasks, task.id, next));
    },
  };
}

export type ExamTasks = ReturnType<typeof useExamTasks>;

const nextOf = (tasks: readonly OfficeExamTaskDto[], id: string) => tasks[tasks.findIndex((task) => task.id === id) + 1]?.id ?? null;

function withTasks(exam: OfficeExamDto, tasks: OfficeExamTaskDto[]): OfficeExamDto {
  return { ...exam, tasks, maxPoints: tasks.reduce((sum, task) => sum + task.points, 0) };
}
