import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { answer } from '../../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { saveDraft } from '../../texts/actions.ts';
import { openTopic } from '../open-topic.ts';
import { getProgramme } from './courses/queries.ts';
import { createTask, deleteTask, duplicateTask, moveTask, publishTask, renameTask, restoreTask, unpublishTask } from './tasks/actions.ts';

let school: School;
let app: App;
let teacher: PersonActor;
let student: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = (await aModerator(app)).actor;
  student = (await aStudent(app)).actor;
});
afterAll(() => school.close());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );
const tasksOf = async (course: MadeCourse) =>
  (await getProgramme(app, teacher, { course: course.slug })).topics.map((topic) =>
    topic.tasks.map((task) => task.title.replace('Задание ', '')),
  );
const ready = (title: string, body = 'Условие') => `---\ntitle: ${title}   # имя\nkind: number\nkey: 12,5\n---\n${body}\n`;
const stateOf = (id: string) =>
  app.db.textState.findUnique({ where: { kind_subjectId: { kind: 'task', subjectId: id } }, select: { rev: true, draft: true } });
const seen = async (course: MadeCourse) =>
  (await openTopic(app, student, { course: course.slug, topic: 'topic-1' })).tasks.map((task) => task.title);

/** A task that was made, written and published the way people do it. */
async function published(course: MadeCourse, title: string, body?: string): Promise<string> {
  const id = randomUUID();
  await createTask(app, teacher, { id, topicId: course.topic(0).id, title, kind: 'number' });
  await saveDraft(app, teacher, { kind: 'task', subjectId: id, baseRev: 1, source: ready(title, body) });
  expect(await publishTask(app, teacher, { id })).toEqual({ outcome: 'published' });
  return id;
}

describe('a new task', () => {
  test('is a draft with its text begun; a double click makes one', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber()] }] });
    const input = { id: randomUUID(), topicId: course.topic(0).id, title: 'Задание 1', kind: 'choice' as const };
    await Promise.all([createTask(app, teacher, input), createTask(app, teacher, input)]);
    const { topics } = await getProgramme(app, teacher, { course: course.slug });
    expect(topics[0]?.tasks).toMatchObject([{}, { id: input.id, kind: 'choice', published: false, edited: true }]);
    expect((await stateOf(input.id))?.draft).toContain('title: Задание 1\nkind: choice\n');
    expect(await seen(course)).toEqual(['Задание 1']);
    expect(await publishTask(app, teacher, { id: input.id })).toEqual({ outcome: 'problems' });
    expect(await seen(course)).toHaveLength(1);
  });

  test('is published when its text is right, hidden again and published again as it was', async () => {
    const course = await aCourse(app, { topics: [{}] });
    const id = await published(course, 'Проценты');
    expect(await seen(course)).toEqual(['Проценты']);
    await answer(app, student, id, '12,5');
    await unpublishTask(app, teacher, { id });
    expect(await seen(course)).toEqual([]);
    expect(await publishTask(app, teacher, { id })).toEqual({ outcome: 'published' });
    const topic = await openTopic(app, student, { course: course.slug, topic: 'topic-1' });
    expect(topic.tasks).toMatchObject([{ slug: 'protsenty', state: { solved: true } }]);
  });

  test('that is unknown or deleted is not published', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber()] }] });
    await deleteTask(app, teacher, { id: course.task(0, 0) });
    expect(await codeOf(publishTask(app, teacher, { id: course.task(0, 0) }))).toBe('TASKS_NOT_FOUND');
    expect(await codeOf(publishTask(app, teacher, { id: randomUUID() }))).toBe('TASKS_NOT_FOUND');
  });
});

describe('another name', () => {
  test('stands in the published text and in the draft, with all else as it was, and is a version and a revision', async () => {
    const course = await aCourse(app, { topics: [{}] });
    const id = await published(course, 'Старое');
    const { rev } = (await stateOf(id)) ?? { rev: -1 };
    const saved = await saveDraft(app, teacher, { kind: 'task', subjectId: id, baseRev: rev, source: ready('Старое', 'Новое условие') });
    await renameTask(app, teacher, { id, title: 'Цена: вниз' });
    const { source, title } = await app.db.task.findUniqueOrThrow({ where: { id }, select: { source: true, title: true } });
    expect([title, source]).toEqual(['Цена: вниз', ready('"Цена: вниз"')]);
    expect(await stateOf(id)).toEqual({ rev: rev + 2, draft: ready('"Цена: вниз"', 'Новое условие') });
    const versions = await app.db.textVersion.findMany({
      where: { subjectId: id },
      orderBy: { number: 'asc' },
      select: { source: true, actor: true },
    });
    expect(versions).toEqual([
      { source: ready('Старое'), actor: teacher.id },
      { source, actor: teacher.id },
    ]);
    expect(await seen(course)).toEqual(['Цена: вниз']);
    // Whoever was writing at the text meanwhile is told instead of writing over the name.
    expect(saved.outcome).toBe('saved');
    const late = await saveDraft(app, teacher, { kind: 'task', subjectId: id, baseRev: rev + 1, source: ready('Старое', 'Позже') });
    expect(late.outcome).toBe('conflict');
  });

  test('of a draft that is broken changes what lists show, and nothing in the text', async () => {
    const course = await aCourse(app, { topics: [{}] });
    const id = randomUUID();
    await createTask(app, teacher, { id, topicId: course.topic(0).id, title: 'Старое', kind: 'number' });
    await saveDraft(app, teacher, { kind: 'task', subjectId: id, baseRev: 1, source: 'без начала' });
    await renameTask(app, teacher, { id, title: 'Новое' });
    expect(await tasksOf(course)).toEqual([['Новое']]);
    expect((await stateOf(id))?.draft).toBe('без начала');
  });
});

describe('a move', () => {
  test('within the topic, by two at once, and back', async () => {
    const course = await aCourse(app, { topics: [{ tasks: ['1', '2', '3', '4', '5'].map(aNumber) }] });
    const task = (number: number) => course.task(0, number - 1);
    const topicId = course.topic(0).id;
    await Promise.all([
      moveTask(app, teacher, { id: task(5), topicId, beforeId: task(2) }),
      moveTask(app, teacher, { id: task(1), topicId, beforeId: task(4) }),
    ]);
    expect(await tasksOf(course)).toEqual([['5', '2', '3', '1', '4']]);
    const moved = await moveTask(app, teacher, { id: task(3), topicId, beforeId: null });
    expect(await tasksOf(course)).toEqual([['5', '2', '1', '4', '3']]);
    await moveTask(app, teacher, { id: task(3), topicId: moved.topicId, beforeId: moved.beforeId });
    expect(await tasksOf(course)).toEqual([['5', '2', '3', '1', '4']]);
  });

  test('into another topic takes along the files that the text names, and what students did', async () => {
    const files = ['graph.svg', 'data.csv', 'unused.txt'].map((name) => ({ name, mime: 'text/plain', body: name, listed: true }));
    const course = await aCourse(app, { topics: [{ files }, { tasks: [aNumber('1')] }] });
    const id = await published(course, 'Задание 1', '![График](files/graph.svg)');
    await saveDraft(app, teacher, { kind: 'task', subjectId: id, baseRev: 3, source: `${ready('Задание 1')}\nfiles/data.csv` });
    await answer(app, student, id, '12,5');
    const target = course.topic(1).id;
    const moved = await moveTask(app, teacher, { id, topicId: target, beforeId: course.task(1, 0) });
    expect(moved).toMatchObject({ topicId: course.topic(0).id, beforeId: null, order: [id, course.task(1, 0)] });
    const select = { name: true, storageKey: true, listedAt: true } as const;
    expect(await app.db.topicFile.findMany({ where: { topicId: target }, select, orderBy: { name: 'asc' } })).toEqual([
      { name: 'data.csv', storageKey: `topics/${course.topic(0).id}/data.csv`, listedAt: null },
      { name: 'graph.svg', storageKey: `topics/${course.topic(0).id}/graph.svg`, listedAt: null },
    ]);
    const page = await openTopic(app, student, { course: course.slug, topic: 'topic-2' });
    expect(page.tasks.map(({ slug, state }) => ({ slug, solved: state.solved }))).toEqual([
      { slug: 'zadanie-1', solved: true },
      { slug: 'task-1', solved: false },
    ]);
    // There and back again: the files are there already.
    await moveTask(app, teacher, { id, topicId: course.topic(0).id, beforeId: null });
    await moveTask(app, teacher, { id, topicId: target, beforeId: null });
    expect(await tasksOf(course)).toEqual([[], ['1', '1']]);
  });

  test('gets another slug where its own is taken, and is refused where a file would become another', async () => {
    const file = (body: string) => [{ name: 'graph.svg', mime: 'image/svg+xml', body }];
    const course = await aCourse(app, {
      topics: [
        { files: file('a'), tasks: [aNumber('1')] },
        { files: file('b'), tasks: [aNumber('2')] },
      ],
    });
    const other = await aCourse(app, { topics: [{}] });
    const id = course.task(0, 0);
    await moveTask(app, teacher, { id, topicId: course.topic(1).id, beforeId: null });
    expect((await app.db.task.findUniqueOrThrow({ where: { id }, select: { slug: true } })).slug).toBe('task-1-2');
    const pictured = await published(course, 'Рисунок', '![График](files/graph.svg)');
    expect(await codeOf(moveTask(app, teacher, { id: pictured, topicId: course.topic(1).id, beforeId: null }))).toBe('TASKS_FILE_CLASH');
    expect(await codeOf(moveTask(app, teacher, { id, topicId: other.topic(0).id, beforeId: null }))).toBe('TOPICS_NOT_FOUND');
    expect(await codeOf(moveTask(app, teacher, { id, topicId: course.topic(0).id, beforeId: course.task(1, 0) }))).toBe(
      'COURSES_PLACE_GONE',
    );
  });
});

test('a copy is a draft behind its task, with what is being written at', async () => {
  const course = await aCourse(app, { topics: [{}] });
  const id = await published(course, 'Первое');
  await published(course, 'Второе');
  const newId = randomUUID();
  await Promise.all([duplicateTask(app, teacher, { id, newId }), duplicateTask(app, teacher, { id, newId })]);
  expect(await tasksOf(course)).toEqual([['Первое', 'Первое (копия)', 'Второе']]);
  expect((await stateOf(newId))?.draft).toBe(ready('Первое (копия)'));
  expect(await seen(course)).toEqual(['Первое', 'Второе']);
  expect(await publishTask(app, teacher, { id: newId })).toEqual({ outcome: 'published' });
  expect(await seen(course)).toEqual(['Первое', 'Первое (копия)', 'Второе']);
});

test('a deleted task is in nobody’s way and comes back with the answers to it', async () => {
  const course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
  const id = course.task(0, 0);
  await answer(app, student, id, '1');
  await deleteTask(app, teacher, { id });
  expect(await seen(course)).toEqual(['Задание 2']);
  expect((await getProgramme(app, teacher, { course: course.slug })).bin).toMatchObject([
    { kind: 'task', title: 'Задание 1', topic: 'Тема 1' },
  ]);
  expect(await codeOf(renameTask(app, teacher, { id, title: 'x' }))).toBe('TASKS_NOT_FOUND');
  await restoreTask(app, teacher, { id });
  const topic = await openTopic(app, student, { course: course.slug, topic: 'topic-1' });
  expect(topic.tasks.map((task) => task.state.solved)).toEqual([true, false]);
});
