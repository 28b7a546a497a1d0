import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { SetExamTasksResult, setOfficeExamTasksInput } from '#shared/exams-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { lockExam } from '../access.ts';

/**
 * Writes which tasks an exam has, in their order, where they are still those that the editor saw. Attempts that are running keep their own.
 * @throws AppError EXAMS_NOT_FOUND, TASKS_NOT_FOUND for a task that the exam may not get, EXAMS_INCOMPLETE for none in a published exam
 */
export async function setExamTasks(
  app: App,
  actor: PersonActor,
  { id, taskIds, base }: z.output<typeof setOfficeExamTasksInput>,
): Promise<SetExamTasksResult> {
  return app.db.$transaction(async (tx): Promise<SetExamTasksResult> => {
    const exam = await lockExam(tx, actor, id);
    const rows = await tx.examTask.findMany({
      where: { examId: id },
      select: { taskId: true },
      orderBy: [{ position: 'asc' }, { taskId: 'asc' }],
    });
    const before = rows.map((row) => row.taskId);
    // The same list asked for again, after an answer that was lost on its way.
    if (before.join() === taskIds.join()) return { outcome: 'saved' };
    if (before.join() !== base.join()) return { outcome: 'conflict' };
    if (taskIds.length === 0 && exam.publishedAt) throw new AppError('EXAMS_INCOMPLETE', { reason: 'no-tasks' });
    await needTasks(
      tx,
      exam.course.id,
      taskIds.filter((taskId) => !before.includes(taskId)),
    );
    await tx.examTask.deleteMany({ where: { examId: id, taskId: { notIn: taskIds } } });
    // One statement for all places, of those that were there and those that come.
    await tx.$executeRaw`INSERT INTO exam_task (exam_id, task_id, position)
      SELECT ${id}::uuid, v.task_id, v.place - 1 FROM unnest(${taskIds}::uuid[]) WITH ORDINALITY AS v (task_id, place)
      ON CONFLICT (exam_id, task_id) DO UPDATE SET position = excluded.position`;
    const places = { before: { tasks: before.length }, after: { tasks: taskIds.length } };
    await recordAudit(app, tx, actor, { action: 'exam.tasks', subject: id, label: exam.title, ...places });
    return { outcome: 'saved' };
  });
}

/** Tasks of the course that students may be given, also out of topics that they do not see. */
async function needTasks(tx: Tx, courseId: string, taskIds: string[]): Promise<void> {
  if (taskIds.length === 0) return;
  const where = { id: { in: taskIds }, publishedAt: { not: null }, deletedAt: null, topic: { courseId, deletedAt: null } };
  if ((await tx.task.count({ where })) !== taskIds.length) throw new AppError('TASKS_NOT_FOUND');
}
