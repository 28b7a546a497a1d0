import { AppError } from '#shared/errors.ts';
import type { InboxThreadDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { fileUrlOf } from '../../../courses/topic-files.ts';
import { accessStudent } from '../../../people/students/access.ts';
import { getProgress } from '../../../progress/queries.ts';
import { accessAnsweredTask } from '../../../tasks/clusters/access.ts';
import { countCluster, type GivenAnswer, listGivenAnswers } from '../../../tasks/clusters/queries.ts';
import { keyInWords } from '../../../tasks/clusters/rules.ts';
import { accessThread } from '../../access.ts';
import { getThread } from '../../queries.ts';
import { toHolderDto } from '../rules.ts';

/**
 * A student's thread with all that a teacher needs beside it. What is said of the student is what they see themselves.
 * @throws AppError CHAT_NOT_FOUND, for a room as well
 */
export async function getInboxThread(app: App, actor: PersonActor, { threadId }: { threadId: string }): Promise<InboxThreadDto> {
  const { row } = await accessThread(app, actor, threadId);
  if (row.student_id === null) throw new AppError('CHAT_NOT_FOUND');
  const [thread, student, task, holder] = await Promise.all([
    getThread(app, actor, threadId),
    describeStudent(app, actor, row.student_id),
    row.task_id === null ? null : describeTask(app, actor, row.task_id, row.student_id),
    row.held_by_id && app.db.person.findUnique({ where: { id: row.held_by_id }, select: { firstName: true, lastName: true } }),
  ]);
  const { courses, ...about } = student;
  const ofThread = thread.task?.courseSlug;
  return {
    thread,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    holder: toHolderDto(
      actor,
      { heldById: row.held_by_id, heldUntil: row.held_until, holderName: holder ? `${holder.firstName} ${holder.lastName}` : null },
      app.clock.now(),
    ),
    student: { ...about, courses: courses.filter(({ slug }) => ofThread === undefined || slug === ofThread) },
    task,
  };
}

async function describeStudent(app: App, actor: PersonActor, studentId: string): Promise<InboxThreadDto['student']> {
  const student = await accessStudent(app, actor, studentId);
  const { courses, streak } = await getProgress(app, student.self);
  return {
    id: studentId,
    firstName: student.firstName,
    lastName: student.lastName,
    blocked: student.blockedAt !== null,
    timeZone: student.self.timeZone,
    streak: streak.now,
    courses: courses.map(({ slug, title, topics }) => ({ slug, title, topicsDone: topics.done, topics: topics.total })),
  };
}

async function describeTask(app: App, actor: PersonActor, taskId: string, studentId: string): Promise<InboxThreadDto['task']> {
  const task = await accessAnsweredTask(app, actor, taskId, { deleted: true });
  const [answers, progress] = await Promise.all([
    listGivenAnswers(app, task, studentId),
    app.db.taskProgress.findUnique({ where: { personId_taskId: { personId: studentId, taskId } }, select: { solvedAt: true } }),
  ]);
  const wrong = lastWrong(answers);
  const cluster = wrong && (await countCluster(app, task, wrong.hash));
  return {
    statementHtml: app.markdown.render(task.statement, { fileUrl: fileUrlOf(task.files), idPrefix: 'beside-' }).html,
    key: keyInWords(task.spec),
    attempts: answers.map(({ hash: _, ...answer }) => answer),
    solved: progress?.solvedAt != null,
    cluster: wrong && cluster && cluster.students > 1 ? { answer: wrong.answer, ...cluster } : null,
  };
}

/** The newest that others may have given as well: a hash with «#» is an answer that can no longer be read as one (tasks/reread.ts). */
function lastWrong(answers: readonly GivenAnswer[]): GivenAnswer | null {
  return answers.find(({ verdict, hash }) => verdict !== 'right' && !hash.startsWith('#')) ?? null;
}
