import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { AuditAction } from '#shared/audit.ts';
import type {
  copyInput,
  createTaskInput,
  itemInput,
  movedTaskDto,
  moveTaskInput,
  publishTaskResult,
  renameInput,
} from '#shared/curriculum.ts';
import { titleLimit } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import { type Actor, type App, actorName, type PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { publishText } from '../../../texts/actions.ts';
import { findState, lockState } from '../../../texts/state.ts';
import { addVersion } from '../../../texts/write-text.ts';
import { forModerators, lockTask, lockTopic } from '../access.ts';
import { copyTitle, freeSlug, movedBefore, nextTo, slugOf } from '../rules.ts';
import { mentionedFiles, retitled, templateOf } from './rules.ts';

type Item = z.output<typeof itemInput>;

/**
 * A draft of a task at the end of its topic, its text begun. Asked twice with one id, it is made once.
 * @throws AppError TOPICS_NOT_FOUND
 */
export async function createTask(
  app: App,
  actor: PersonActor,
  { id, topicId, title, kind }: z.output<typeof createTaskInput>,
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockTopic(tx, actor, topicId);
    if (await tx.task.findUnique({ where: { id }, select: { id: true } })) return;
    await createDraft(app, tx, actor, { id, topicId, title, draft: templateOf(title, kind), slug: slugOf(title, 'task'), points: 1 });
    await writePlaces(
      tx,
      (await listTasks(tx, topicId)).map((task) => task.id),
    );
    await recordAudit(app, tx, actor, { action: 'task.create', subject: id, label: title, after: { kind } });
  });
}

interface NewDraft {
  id: string;
  topicId: string;
  title: string;
  slug: string;
  points: number;
  draft: string;
}

async function createDraft(app: App, tx: Tx, actor: Actor, { draft, slug, ...task }: NewDraft): Promise<void> {
  const present = await listTasks(tx, task.topicId);
  const columns = { slug: freeSlug(slug, slugsOf(present)), position: present.length, source: '', statement: '', fileNames: [] };
  await tx.task.create({ data: { ...task, ...columns, updatedAt: app.clock.now() }, select: { id: true } });
  const written = { rev: 1, draft, editedBy: actorName(actor), editedAt: app.clock.now() };
  await tx.textState.create({ data: { kind: 'task', subjectId: task.id, ...written }, select: { rev: true } });
}

/**
 * Another title, in the published text as well as in the one that is being written, and not a character changed besides. A draft that is too broken
 * to have a title keeps what it says.
 * @throws AppError TASKS_NOT_FOUND
 */
export async function renameTask(app: App, actor: PersonActor, { id, title }: z.output<typeof renameInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const task = await lockTask(tx, actor, id);
    const text = { kind: 'task', subjectId: id } as const;
    const state = await lockState(tx, text);
    const draft = state.draft === null ? null : (retitled(state.draft, title) ?? state.draft);
    const source = task.source === '' ? '' : (retitled(task.source, title) ?? task.source);
    if (task.title === title && task.source === source && state.draft === draft) return;
    const now = app.clock.now();
    await tx.task.update({ where: { id }, data: { title, source }, select: { id: true } });
    if (source !== task.source) await addVersion(app, tx, actor, text, source, { source: task.source, at: task.publishedAt ?? now });
    // A new revision: whoever is writing at the text under its old title is told.
    const written = { draft, rev: state.rev + 1, editedBy: actorName(actor), editedAt: now };
    await tx.textState.update({ where: { kind_subjectId: text }, data: written, select: { rev: true } });
    await recordAudit(app, tx, actor, {
      action: 'task.rename',
      subject: id,
      label: title,
      before: { title: task.title },
      after: { title },
    });
  });
}

/**
 * Moves a task before another one, within its topic or into another one of the course; files that it names go along as copies.
 * @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_FOUND, COURSES_PLACE_GONE, TASKS_FILE_CLASH where the other topic has another file of that name
 */
export async function moveTask(
  app: App,
  actor: PersonActor,
  input: z.output<typeof moveTaskInput>,
): Promise<z.output<typeof movedTaskDto>> {
  const { id, topicId, beforeId } = input;
  return app.db.$transaction(async (tx) => {
    const task = await lockTask(tx, actor, id);
    const topic = await lockTopic(tx, actor, topicId);
    if (topic.course.id !== task.course.id) throw new AppError('TOPICS_NOT_FOUND');
    const [from, to] = [await listTasks(tx, task.topicId), await listTasks(tx, topicId)];
    const shown = to.filter((other) => !other.deleted).map((other) => other.id);
    if (beforeId !== null && !shown.includes(beforeId)) throw new AppError('COURSES_PLACE_GONE');
    const order = movedBefore(
      to.map((other) => other.id),
      id,
      beforeId,
    );
    if (!order) throw new AppError('COURSES_PLACE_GONE');
    if (topicId !== task.topicId) {
      await takeFiles(app, tx, task, topicId);
      const slug = freeSlug(task.slug, slugsOf(to));
      await tx.task.update({ where: { id }, data: { topicId, slug }, select: { id: true } });
    }
    await writePlaces(tx, order);
    const before = { topicId: task.topicId, place: placeOf(from, id) };
    const deleted = new Set(to.filter((other) => other.deleted).map((other) => other.id));
    const shownAfter = order.filter((other) => !deleted.has(other));
    const after = { topicId, place: shownAfter.indexOf(id) + 1 };
    if (before.topicId !== after.topicId || before.place !== after.place)
      await recordAudit(app, tx, actor, { action: 'task.move', subject: id, label: task.title, before, after });
    const shownBefore = from.filter((other) => !other.deleted).map((other) => other.id);
    return { order: shownAfter, topicId: task.topicId, beforeId: nextTo(shownBefore, id) };
  });
}

/** The bytes are shared; the copies are listed under no theory. */
async function takeFiles(app: App, tx: Tx, task: { id: string; topicId: string; source: string }, topicId: string): Promise<void> {
  const [mine, theirs] = await Promise.all([
    tx.topicFile.findMany({ where: { topicId: task.topicId } }),
    tx.topicFile.findMany({ where: { topicId }, select: { name: true, storageKey: true } }),
  ]);
  const { draft } = await findState(tx, { kind: 'task', subjectId: task.id });
  const named = mentionedFiles(
    [task.source, draft ?? ''],
    mine.map((file) => file.name),
  );
  const there = new Map(theirs.map((file) => [file.name, file.storageKey]));
  const taken = mine.filter((file) => named.includes(file.name));
  for (const { name, storageKey } of taken)
    if (there.has(name) && there.get(name) !== storageKey) throw new AppError('TASKS_FILE_CLASH', { name });
  const missing = taken.filter((file) => !there.has(file.name));
  await tx.topicFile.createMany({
    data: missing.map((file) => ({ ...file, id: randomUUID(), topicId, listedAt: null, addedAt: app.clock.now() })),
  });
}

/** A draft of a copy behind the task, with what is being written at rather than with what is published. */
export async function duplicateTask(app: App, actor: PersonActor, { id, newId }: z.output<typeof copyInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const task = await lockTask(tx, actor, id);
    if (await tx.task.findUnique({ where: { id: newId }, select: { id: true } })) return;
    const title = copyTitle(task.title, titleLimit);
    const { points } = await tx.task.findUniqueOrThrow({ where: { id }, select: { points: true } });
    const text = (await findState(tx, { kind: 'task', subjectId: id })).draft ?? task.source;
    const present = await listTasks(tx, task.topicId);
    await createDraft(app, tx, actor, {
      id: newId,
      topicId: task.topicId,
      title,
      draft: retitled(text, title) ?? text,
      slug: slugOf(title, 'task'),
      points,
    });
    const order = present.map((other) => other.id);
    await writePlaces(tx, order.toSpliced(order.indexOf(id) + 1, 0, newId));
    await recordAudit(app, tx, actor, { action: 'task.copy', subject: newId, label: title, before: { id, title: task.title } });
  });
}

/**
 * Gives a task to the students as it is written now. What is wrong with the text, or would change somebody's points, is seen to in its editor.
 * @throws AppError TASKS_NOT_FOUND
 */
export async function publishTask(app: App, actor: PersonActor, { id }: Item): Promise<z.output<typeof publishTaskResult>> {
  forModerators(actor);
  const text = { kind: 'task', subjectId: id } as const;
  const [state, task] = await Promise.all([
    findState(app.db, text),
    app.db.task.findUnique({ where: { id, deletedAt: null }, select: { source: true } }),
  ]);
  if (!task) throw new AppError('TASKS_NOT_FOUND');
  const { outcome } = await publishText(app, actor, { ...text, baseRev: state.rev, source: state.draft ?? task.source });
  return { outcome };
}

/** Takes a task from the students; what they did in it is kept. */
export const unpublishTask = (app: App, actor: PersonActor, { id }: Item) => turn(app, actor, id, 'task.unpublish', { publishedAt: null });
export const deleteTask = (app: App, actor: PersonActor, { id }: Item) =>
  turn(app, actor, id, 'task.delete', { deletedAt: app.clock.now() });

async function turn(
  app: App,
  actor: PersonActor,
  id: string,
  action: AuditAction,
  data: { publishedAt: null } | { deletedAt: Date },
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const task = await lockTask(tx, actor, id);
    if ('publishedAt' in data && task.publishedAt === null) return;
    await tx.task.update({ where: { id }, data, select: { id: true } });
    await recordAudit(app, tx, actor, { action, subject: id, label: task.title });
  });
}

/** @throws AppError TASKS_NOT_FOUND, also while its topic is deleted */
export async function restoreTask(app: App, actor: PersonActor, { id }: Item): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const task = await lockTask(tx, actor, id, 'deleted');
    await tx.task.update({ where: { id }, data: { deletedAt: null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'task.restore', subject: id, label: task.title });
  });
}

interface Present {
  id: string;
  slug: string;
  deleted: boolean;
}

/** With deleted ones: they keep their places and slugs. */
async function listTasks(tx: Tx, topicId: string): Promise<Present[]> {
  const select = { id: true, slug: true, deletedAt: true } as const;
  const rows = await tx.task.findMany({ where: { topicId }, select, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id, slug, deletedAt }) => ({ id, slug, deleted: deletedAt !== null }));
}

const slugsOf = (tasks: Present[]) => tasks.map((task) => task.slug);
const placeOf = (tasks: Present[], id: string) => tasks.filter((task) => !task.deleted).findIndex((task) => task.id === id) + 1;

/** One statement for all places. */
async function writePlaces(tx: Tx, order: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE task k SET position = v.place - 1 FROM unnest(${order}::uuid[]) WITH ORDINALITY AS v (id, place)
    WHERE k.id = v.id AND k.position IS DISTINCT FROM v.place - 1`;
}
