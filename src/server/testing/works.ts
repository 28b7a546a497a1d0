import { randomUUID } from 'node:crypto';
import type { Grading, HandInResult } from '#shared/reviews.ts';
import { handIn } from '../features/reviews/actions.ts';
import { decide, takeWork } from '../features/reviews/office/actions.ts';
import type { App, PersonActor } from '../platform/app.ts';
import type { TaskPlan } from './course.ts';

/** A task with two criteria, of one point and of two. */
export const aLongTask = (over: Partial<TaskPlan> = {}): TaskPlan => ({
  spec: {
    kind: 'long',
    criteria: [
      { id: 'K1', title: 'Верный ответ', max: 1 },
      { id: 'K2', title: 'Обоснование', max: 2 },
    ],
  },
  points: 3,
  ...over,
});

/** A work, sent once. */
export function handInText(app: App, actor: PersonActor, taskId: string, text = 'Решение', clientId = randomUUID()): Promise<HandInResult> {
  return handIn(app, actor, { taskId, clientId, text, uploadIds: [] });
}

export const aGrading = (K1: number, K2: number, over: Partial<Grading> = {}): Grading => ({
  scores: { K1, K2 },
  comments: [],
  remark: '',
  ...over,
});

/** The newest work of a student at a task, taken and decided. Returns its id. */
export async function grade(
  app: App,
  teacher: PersonActor,
  student: PersonActor,
  taskId: string,
  points: [number, number] | 'return',
): Promise<string> {
  const { id } = await app.db.work.findFirstOrThrow({
    where: { personId: student.id, taskId },
    orderBy: { round: 'desc' },
    select: { id: true },
  });
  await takeWork(app, teacher, { workId: id });
  const grading = points === 'return' ? aGrading(0, 0) : aGrading(...points);
  const { outcome } = await decide(app, teacher, { workId: id, decision: points === 'return' ? 'return' : 'accept', grading });
  if (outcome !== 'decided') throw new Error(`the work could not be decided: ${outcome}`);
  return id;
}

/** A photo on its way that has arrived, for a long task or (`exam`) an attempt. Returns the upload's id. */
export async function anUpload(
  app: App,
  actor: PersonActor,
  subjectId: string,
  name = 'тетрадь.jpg',
  body = 'jpeg',
  purpose: 'work' | 'exam' = 'work',
): Promise<string> {
  const storageKey = `uploads/${randomUUID()}`;
  await app.storage.put(storageKey, Buffer.from(body));
  const now = app.clock.now();
  const at = { createdAt: now, finishedAt: now };
  const size = Buffer.byteLength(body);
  const data = {
    personId: actor.id,
    purpose,
    subjectId,
    name,
    size,
    state: 'ready' as const,
    storageKey,
    mime: 'image/jpeg',
    ...at,
  };
  return (await app.db.upload.create({ data, select: { id: true } })).id;
}
