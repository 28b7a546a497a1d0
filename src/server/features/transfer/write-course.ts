import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import type { BundleTopic, CourseBundle } from './bundle.ts';
import { changes } from './changes.ts';
import { openingInstant } from './opens.ts';
import { writeFiles, writeTasks, writeVideos } from './write-topic.ts';

interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
}

export interface ImportReport {
  course: string;
  created: boolean;
  topics: Counts;
  tasks: Counts;
  /** Removed with all that students answered, as `topic` or `topic/task`. */
  removedAnswered: string[];
  /** Answered tasks whose right answer is another than before, as `topic/task`. Points given stay as they are. */
  rekeyed: string[];
}

/** Why nothing was imported. */
export type ImportRefusal =
  | { code: 'subject-unknown'; subject: string }
  | { code: 'school-not-empty' }
  /** The bundle lacks tasks that students have answered; they would be lost. */
  | { code: 'answers-would-be-lost'; course: string; tasks: AnsweredTask[] };

export interface AnsweredTask {
  topic: string;
  task: string;
  answers: number;
}

/** Ends the transaction; caught where it began. */
export class ImportRefused extends Error {
  readonly refusal: ImportRefusal;

  constructor(refusal: ImportRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export interface WriteOptions {
  /** Remove tasks that the bundle lacks though students have answered them. */
  removeAnswered: boolean;
}

/** Makes the stored course equal the bundle. Rows are matched by slug and keep their ids, so that answers and visits stay with them. */
export async function writeCourse(app: App, tx: Tx, bundle: CourseBundle, options: WriteOptions): Promise<ImportReport> {
  const subjectId = await writeSubject(tx, bundle);
  const { id: courseId, created } = await writeCourseRow(app, tx, bundle, subjectId);
  const topics = await writeTopics(app, tx, courseId, bundle.topics);
  const tasks: Counts = { created: 0, updated: 0, unchanged: 0, removed: 0 };
  const absentTasks: { id: string; topic: string; task: string }[] = [];
  const rekeyed: { id: string; name: string }[] = [];
  for (const topic of bundle.topics) {
    const topicId = topics.ids.get(topic.slug) ?? '';
    await writeVideos(tx, topicId, topic);
    await writeFiles(tx, topicId, topic);
    const written = await writeTasks(tx, topicId, topic.tasks, app.clock.now());
    tasks.created += written.created;
    tasks.updated += written.updated;
    tasks.unchanged += written.unchanged;
    absentTasks.push(...written.absent.map(({ id, slug }) => ({ id, topic: topic.slug, task: slug })));
    rekeyed.push(...written.rekeyed.map(({ id, slug }) => ({ id, name: `${topic.slug}/${slug}` })));
  }
  const inAbsentTopics = await tx.task.findMany({
    where: { topicId: { in: topics.absent.map(({ id }) => id) } },
    select: { id: true, slug: true, topic: { select: { slug: true } } },
  });
  absentTasks.push(...inAbsentTopics.map(({ id, slug, topic }) => ({ id, topic: topic.slug, task: slug })));
  const answers = await countAnswers(tx, [...absentTasks, ...rekeyed]);
  const lost = absentTasks.filter(({ id }) => answers.has(id));
  if (lost.length > 0 && !options.removeAnswered) {
    const found = lost.map(({ id, topic, task }) => ({ topic, task, answers: answers.get(id) ?? 0 }));
    throw new ImportRefused({ code: 'answers-would-be-lost', course: bundle.slug, tasks: found });
  }
  await tx.task.deleteMany({ where: { id: { in: absentTasks.map(({ id }) => id) } } });
  await tx.topic.deleteMany({ where: { id: { in: topics.absent.map(({ id }) => id) } } });
  return {
    course: bundle.slug,
    created,
    topics: topics.counts,
    tasks: { ...tasks, removed: absentTasks.length },
    removedAnswered: lost.map(({ topic, task }) => `${topic}/${task}`),
    rekeyed: rekeyed.filter(({ id }) => answers.has(id)).map(({ name }) => name),
  };
}

async function writeSubject(tx: Tx, { subject, course }: CourseBundle): Promise<string> {
  const select = { id: true };
  if (subject) {
    const { slug, scales, ...columns } = subject;
    const { id } = await tx.subject.upsert({ where: { slug }, create: { slug, ...columns }, update: columns, select });
    for (const { year, points } of scales) {
      const key = { subjectId: id, year };
      await tx.scale.upsert({ where: { subjectId_year: key }, create: { ...key, points }, update: { points }, select: { year: true } });
    }
    return id;
  }
  const stored = await tx.subject.findUnique({ where: { slug: course.subject }, select });
  if (!stored) throw new ImportRefused({ code: 'subject-unknown', subject: course.subject });
  return stored.id;
}

/** A new course goes to the end of the school's list. Its place, its price and the day it was published are not the files' to say. */
async function writeCourseRow(
  app: App,
  tx: Tx,
  { slug, course }: CourseBundle,
  subjectId: string,
): Promise<{ id: string; created: boolean }> {
  const { title, target, summary, description, schedule, chatAfter } = course;
  const columns = { subjectId, title, target, summary, description, schedule, chatAfter };
  const stored = await tx.course.findUnique({ where: { slug }, select: { id: true, publishedAt: true } });
  const publishedAt = stored?.publishedAt ?? app.clock.now();
  if (stored) {
    await tx.course.update({ where: { id: stored.id }, data: { ...columns, publishedAt }, select: { id: true } });
    return { id: stored.id, created: false };
  }
  const last = await tx.course.aggregate({ _max: { position: true } });
  const data = { slug, ...columns, publishedAt, position: (last._max.position ?? -1) + 1 };
  const { id } = await tx.course.create({ data, select: { id: true } });
  return { id, created: true };
}

async function writeTopics(app: App, tx: Tx, courseId: string, bundled: BundleTopic[]) {
  const now = app.clock.now();
  const select = { id: true, slug: true, title: true, theory: true, opensAt: true, position: true, publishedAt: true } as const;
  const present = await tx.topic.findMany({ where: { courseId }, select });
  const wanted = bundled.map(({ slug, topic }, position) => {
    const publishedAt = present.find((row) => row.slug === slug)?.publishedAt ?? now;
    return {
      slug,
      title: topic.title,
      theory: topic.theory,
      opensAt: openingInstant(topic.opens, now, app.config.schoolTimeZone),
      position,
      publishedAt,
    };
  });
  const { created, changed, unchanged, absent } = changes(present, wanted);
  if (created.length > 0) await tx.topic.createMany({ data: created.map((topic) => ({ courseId, ...topic })) });
  for (const { id, to } of changed) await tx.topic.update({ where: { id }, data: to, select: { id: true } });
  const rows = await tx.topic.findMany({ where: { courseId }, select: { id: true, slug: true } });
  const counts: Counts = { created: created.length, updated: changed.length, unchanged, removed: absent.length };
  return { ids: new Map(rows.map(({ id, slug }) => [slug, id])), absent, counts };
}

async function countAnswers(tx: Tx, tasks: { id: string }[]): Promise<Map<string, number>> {
  if (tasks.length === 0) return new Map();
  const found = await tx.submission.groupBy({
    by: ['taskId'],
    where: { taskId: { in: tasks.map(({ id }) => id) } },
    _count: { _all: true },
  });
  return new Map(found.map(({ taskId, _count }) => [taskId, _count._all]));
}
