import { randomUUID } from 'node:crypto';
import { Prisma } from '#prisma/generated/client.ts';
import { type Actor, type App, actorName } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';

export interface TopicCopy {
  from: string;
  to: { id: string; courseId: string; slug: string; title: string; opensAt: Date; position: number; publishedAt: Date | null };
}

type TextKind = 'task' | 'theory' | 'course';

/**
 * Topics with everything in them: theory, videos, files (rows; the bytes are shared), tasks and what is being written at. What students did stays
 * with the originals. Rows are read whole, so that a column added later is copied too.
 * @returns ids of the copies of tasks by those of their originals
 */
export async function copyTopics(app: App, tx: Tx, actor: Actor, copies: TopicCopy[]): Promise<ReadonlyMap<string, string>> {
  const from = copies.map((copy) => copy.from);
  const topicIds = new Map(copies.map((copy) => [copy.from, copy.to.id]));
  const inTopics = { topicId: { in: from } };
  const copyOf = (topicId: string) => topicIds.get(topicId) ?? topicId;

  const theories = new Map(
    (await tx.topic.findMany({ where: { id: { in: from } }, select: { id: true, theory: true } })).map((t) => [t.id, t.theory]),
  );
  await tx.topic.createMany({ data: copies.map(({ from: id, to }) => ({ ...to, theory: theories.get(id) ?? '' })) });

  const videos = await tx.topicVideo.findMany({ where: inTopics });
  await tx.topicVideo.createMany({ data: videos.map((video) => ({ ...video, id: randomUUID(), topicId: copyOf(video.topicId) })) });

  const files = await tx.topicFile.findMany({ where: inTopics });
  await tx.topicFile.createMany({ data: files.map((file) => ({ ...file, id: randomUUID(), topicId: copyOf(file.topicId) })) });

  const tasks = await tx.task.findMany({ where: { ...inTopics, deletedAt: null } });
  const taskIds = new Map(tasks.map((task) => [task.id, randomUUID()]));
  await tx.task.createMany({
    data: tasks.map((task) => ({
      ...task,
      id: taskIds.get(task.id),
      topicId: copyOf(task.topicId),
      spec: task.spec ?? Prisma.DbNull,
      updatedAt: app.clock.now(),
    })),
  });

  await copyDrafts(app, tx, actor, 'theory', topicIds);
  await copyDrafts(app, tx, actor, 'task', taskIds);
  return taskIds;
}

interface ExamCopies {
  from: string;
  to: string;
  /** Tasks that were not copied, because they were deleted, are left out. */
  taskIds: ReadonlyMap<string, string>;
  shift: (at: Date) => Date;
}

/** The exams of a course for its copy, drafts as drafts. Attempts, and what single students were given, stay with the originals. */
export async function copyExams(app: App, tx: Tx, { from, to, taskIds, shift }: ExamCopies): Promise<number> {
  const exams = await tx.exam.findMany({ where: { courseId: from, deletedAt: null } });
  const examIds = new Map(exams.map(({ id }) => [id, randomUUID()]));
  await tx.exam.createMany({
    data: exams.map((exam) => ({
      ...exam,
      id: examIds.get(exam.id),
      courseId: to,
      opensAt: exam.opensAt && shift(exam.opensAt),
      closesAt: exam.closesAt && shift(exam.closesAt),
      createdAt: app.clock.now(),
    })),
  });
  const tasks = await tx.examTask.findMany({ where: { examId: { in: [...examIds.keys()] } } });
  await tx.examTask.createMany({
    data: tasks.flatMap(({ examId, taskId, position }) => {
      const [exam, task] = [examIds.get(examId), taskIds.get(taskId)];
      return exam && task ? [{ examId: exam, taskId: task, position }] : [];
    }),
  });
  return exams.length;
}

/** What is being written at, of texts that got copies. */
export async function copyDrafts(app: App, tx: Tx, actor: Actor, kind: TextKind, copies: ReadonlyMap<string, string>): Promise<void> {
  const where = { kind, subjectId: { in: [...copies.keys()] }, draft: { not: null } };
  const states = await tx.textState.findMany({ where, select: { subjectId: true, draft: true } });
  const by = { editedBy: actorName(actor), editedAt: app.clock.now() };
  await tx.textState.createMany({
    data: states.map(({ subjectId, draft }) => ({ kind, subjectId: copies.get(subjectId) ?? subjectId, rev: 1, draft, ...by })),
  });
}
