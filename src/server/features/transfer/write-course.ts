import type { ChangeCounts, ImportChange, ImportReport } from '#shared/transfer.ts';
import type { Actor, App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { CourseBundle } from './bundle.ts';
import { answersTo } from './count-answers.ts';
import { dropEmptyStates, holdCourse } from './hold-course.ts';
import { ImportRefused } from './import-refused.ts';
import type { StoredFiles } from './store-files.ts';
import { writeCourseRow, writeSubjectOf } from './write-course-row.ts';
import { type AbsentExam, writeExams } from './write-exams.ts';
import { type WrittenTask, writeTasks } from './write-tasks.ts';
import { writeTexts } from './write-texts.ts';
import { writeFiles, writeVideos } from './write-topic.ts';
import { type WrittenTopic, writeTopicRows } from './write-topic-rows.ts';

export interface WriteOptions {
  /** Take tasks and exams out of sight that the bundle lacks though students have answered or begun them. */
  removeAnswered: boolean;
  /** Only to see what would happen: answers that would go are told, not refused. */
  isTrial: boolean;
  files: StoredFiles;
}

/**
 * Makes what students see of the course equal the bundle. Rows are matched by slug and keep their ids, so that answers and visits stay with them;
 * what the bundle lacks is deleted the way moderators delete, and can be put back.
 */
export async function writeCourse(app: App, tx: Tx, actor: Actor, bundle: CourseBundle, options: WriteOptions): Promise<ImportReport> {
  await holdCourse(tx, bundle.slug);
  const subject = await writeSubjectOf(tx, bundle);
  const course = await writeCourseRow(app, tx, bundle, subject.id);
  const topics = await writeTopicRows(app, tx, course.id, bundle.topics);
  const written: { topic: WrittenTopic; tasks: WrittenTask[] }[] = [];
  const absent: AbsentTask[] = [];
  for (const topic of topics.written) {
    if (await writeVideos(tx, topic.id, topic.bundle)) note(topic, 'videos');
    if (await writeFiles(app, tx, topic.id, topic.bundle, options.files)) note(topic, 'files');
    const tasks = await writeTasks(tx, topic.id, topic.bundle.tasks, app.clock.now());
    written.push({ topic, tasks: tasks.tasks });
    absent.push(...tasks.absent.map(({ id, slug, title }) => ({ id, title, topic: topic.slug, task: slug, ownRow: true })));
  }
  absent.push(...(await tasksOf(tx, topics.absent)));
  const answers = await answersTo(tx, [
    ...absent.map(({ id }) => id),
    ...written.flatMap(({ tasks }) => tasks.filter((task) => task.answerChanged).map(({ id }) => id)),
  ]);
  await removeAbsent(app, tx, topics.absent, absent);
  const exams = await writeExams(app, tx, course.id, bundle.exams, idsByPlace(written));
  refuseLoss(bundle, absent, answers, exams.absent, options);
  await removeExams(app, tx, exams.absent);
  const texts = await writeTexts(app, tx, actor, [
    course.text,
    ...written.flatMap(({ topic, tasks }) => [topic.text, ...tasks.map(({ text }) => text)]),
  ]);
  await dropEmptyStates(tx, bundle.slug);
  for (const thing of [course, ...topics.written, ...written.flatMap(({ tasks }) => tasks)]) {
    if (texts.lost.has(thing.id)) note(thing, 'draft-lost');
    else if (texts.drafted.has(thing.id) && thing.change !== 'created') note(thing, 'draft');
  }
  const changes = [
    ...subject.changes,
    ...changed('course', [{ ...course, name: bundle.slug }]),
    ...written.flatMap(({ topic, tasks }) => [
      ...changed('topic', [{ ...topic, name: topic.slug }]),
      ...changed(
        'task',
        tasks.map((task) => ({ ...task, name: `${topic.slug}/${task.slug}`, answers: answers.get(task.id) ?? 0 })),
      ),
    ]),
    ...changed(
      'exam',
      exams.written.map((exam) => ({ ...exam, name: exam.slug })),
    ),
    ...topics.absent.map(({ slug, title }) => removed('topic', slug, title)),
    ...absent.map(({ id, topic, task, title }) => removed('task', `${topic}/${task}`, title, answers.get(id))),
    ...exams.absent.map(({ slug, title, attempts }) => removed('exam', slug, title, attempts)),
  ];
  return {
    course: bundle.slug,
    title: bundle.course.title,
    created: course.change === 'created',
    topics: countsOf(topics.written, topics.absent.length),
    tasks: countsOf(
      written.flatMap(({ tasks }) => tasks),
      absent.length,
    ),
    exams: countsOf(exams.written, exams.absent.length),
    changes,
    // Without the numbers of answers: they grow while somebody looks at what would happen.
    token: sha256(JSON.stringify([bundle.slug, changes.map(({ answers: _, ...change }) => change), texts.replaced])),
  };
}

interface AbsentTask {
  id: string;
  title: string;
  topic: string;
  task: string;
  /** False: it goes with its topic, and comes back with it. */
  ownRow: boolean;
}

async function tasksOf(tx: Tx, topics: { id: string }[]): Promise<AbsentTask[]> {
  const rows = await tx.task.findMany({
    where: { topicId: { in: topics.map(({ id }) => id) }, deletedAt: null },
    select: { id: true, slug: true, title: true, topic: { select: { slug: true } } },
    orderBy: [{ topic: { position: 'asc' } }, { position: 'asc' }],
  });
  return rows.map(({ id, slug, title, topic }) => ({ id, title, topic: topic.slug, task: slug, ownRow: false }));
}

/** Tasks by `topic/task`, as exams name them. */
function idsByPlace(written: { topic: WrittenTopic; tasks: WrittenTask[] }[]): Map<string, string> {
  return new Map(written.flatMap(({ topic, tasks }) => tasks.map((task): [string, string] => [`${topic.slug}/${task.slug}`, task.id])));
}

function refuseLoss(
  { slug }: CourseBundle,
  absent: AbsentTask[],
  answers: Map<string, number>,
  absentExams: AbsentExam[],
  options: WriteOptions,
): void {
  if (options.removeAnswered || options.isTrial) return;
  const lost = absent.filter(({ id }) => answers.has(id));
  const exams = absentExams.flatMap(({ slug: exam, attempts }) => (attempts > 0 ? [{ exam, attempts }] : []));
  if (lost.length + exams.length === 0) return;
  const tasks = lost.map(({ id, topic, task }) => ({ topic, task, answers: answers.get(id) ?? 0 }));
  throw new ImportRefused({ code: 'answers-would-be-lost', course: slug, tasks, exams });
}

async function removeAbsent(app: App, tx: Tx, topics: { id: string }[], tasks: AbsentTask[]): Promise<void> {
  const deletedAt = app.clock.now();
  const own = tasks.filter(({ ownRow }) => ownRow);
  if (own.length > 0) await tx.task.updateMany({ where: { id: { in: own.map(({ id }) => id) } }, data: { deletedAt } });
  if (topics.length > 0) await tx.topic.updateMany({ where: { id: { in: topics.map(({ id }) => id) } }, data: { deletedAt } });
}

async function removeExams(app: App, tx: Tx, exams: AbsentExam[]): Promise<void> {
  if (exams.length === 0) return;
  const where = { id: { in: exams.map(({ id }) => id) } };
  await tx.exam.updateMany({ where, data: { deletedAt: app.clock.now() } });
}

type Written = Pick<WrittenTask, 'change' | 'parts'>;

function note(thing: Written, part: WrittenTask['parts'][number]): void {
  if (thing.change === 'created') return;
  if (thing.change === 'unchanged') thing.change = 'changed';
  thing.parts.push(part);
}

function changed(kind: ImportChange['kind'], things: (Written & { name: string; title: string; answers?: number })[]): ImportChange[] {
  return things.flatMap(({ name, title, change, parts, answers = 0 }) =>
    change === 'unchanged' ? [] : [{ kind, name, title, change, parts, answers }],
  );
}

function removed(kind: 'topic' | 'task' | 'exam', name: string, title: string, answers = 0): ImportChange {
  return { kind, name, title, change: 'removed', parts: [], answers };
}

function countsOf(things: Written[], removedCount: number): ChangeCounts {
  const count = (...kinds: Written['change'][]) => things.filter(({ change }) => kinds.includes(change)).length;
  return { created: count('created'), updated: count('changed', 'restored'), unchanged: count('unchanged'), removed: removedCount };
}
