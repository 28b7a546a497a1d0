import { AppError } from '#shared/errors.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { examFields } from '../exams/rules.ts';

/** All that an export writes down, as it is at one moment. */
export type ExportState = Awaited<ReturnType<typeof readExportState>>;

export async function readExportState(app: App, slug: string) {
  return app.db.$transaction((tx) => readState(tx, slug), { isolationLevel: 'RepeatableRead', timeout: 60_000 });
}

const shown = { deletedAt: null };

/** One statement after the other: a transaction has one connection, and the database client asks for several relations at once. */
async function readState(tx: Tx, slug: string) {
  const course = await tx.course.findUnique({
    where: { slug, ...shown },
    select: {
      id: true,
      subjectId: true,
      title: true,
      target: true,
      summary: true,
      description: true,
      schedule: true,
      chatAfter: true,
      publishedAt: true,
    },
  });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const subject = await tx.subject.findUniqueOrThrow({
    where: { id: course.subjectId },
    select: { slug: true, title: true, about: true, maxPrimary: true, scales: { select: { year: true, points: true } } },
  });
  const topics = await tx.topic.findMany({
    where: { courseId: course.id, ...shown },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { id: true, slug: true, title: true, theory: true, opensAt: true, publishedAt: true },
  });
  const where = { topicId: { in: topics.map(({ id }) => id) } };
  const videos = await tx.topicVideo.findMany({
    where,
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { topicId: true, title: true, url: true, minutes: true },
  });
  const files = await tx.topicFile.findMany({
    where,
    select: { topicId: true, name: true, title: true, listedAt: true, storageKey: true, size: true },
  });
  const tasks = await tx.task.findMany({
    where: { ...where, ...shown },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { topicId: true, id: true, slug: true, source: true, publishedAt: true },
  });
  const states = await tx.textState.findMany({
    where: { subjectId: { in: [course, ...topics, ...tasks].map(({ id }) => id) }, draft: { not: null } },
    select: { subjectId: true, draft: true },
  });
  const drafts = new Map(states.map(({ subjectId, draft }) => [subjectId, draft]));
  const draftOf = (id: string) => drafts.get(id) ?? null;
  const exams = await tx.exam.findMany({
    where: { courseId: course.id, ...shown },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { ...examFields, id: true, slug: true, publishedAt: true },
  });
  const examTasks = await tx.examTask.findMany({
    where: { examId: { in: exams.map(({ id }) => id) } },
    orderBy: [{ position: 'asc' }, { taskId: 'asc' }],
    select: { examId: true, taskId: true },
  });
  const topicSlugs = new Map(topics.map(({ id, slug }) => [id, slug]));
  const taskPlaces = new Map(tasks.map(({ id, topicId, slug }) => [id, `${topicSlugs.get(topicId)}/${slug}`]));
  const tasksOfExam = Map.groupBy(examTasks, ({ examId }) => examId);
  const [videosOf, filesOf, tasksOf] = [byTopic(videos), byTopic(files), byTopic(tasks)];
  return {
    subject,
    course,
    descriptionDraft: draftOf(course.id),
    topics: topics.map((topic) => ({
      ...topic,
      theoryDraft: draftOf(topic.id),
      videos: videosOf(topic.id),
      files: filesOf(topic.id),
      tasks: tasksOf(topic.id).map((task) => ({ ...task, draft: draftOf(task.id) })),
    })),
    // Deleted tasks have no place: they are in no file.
    exams: exams.map((exam) => ({
      ...exam,
      tasks: (tasksOfExam.get(exam.id) ?? []).flatMap(({ taskId }) => taskPlaces.get(taskId) ?? []),
    })),
  };
}

function byTopic<Row extends { topicId: string }>(rows: Row[]): (topicId: string) => Row[] {
  const groups = Map.groupBy(rows, ({ topicId }) => topicId);
  return (topicId) => groups.get(topicId) ?? [];
}
