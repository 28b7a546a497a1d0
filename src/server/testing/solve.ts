import { randomUUID } from 'node:crypto';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { SubmitResult } from '#shared/tasks.ts';
import { submitAnswer } from '../features/tasks/actions.ts';
import type { App, PersonActor } from '../platform/app.ts';

/** One answer, sent once. */
export function answer(app: App, actor: PersonActor, taskId: string, value: AnswerValue, clientId = randomUUID()): Promise<SubmitResult> {
  return submitAnswer(app, actor, { taskId, clientId, value });
}

/** Answers one after the other, as a student gives them. */
export async function solve(app: App, actor: PersonActor, taskId: string, values: AnswerValue[]): Promise<SubmitResult[]> {
  const results: SubmitResult[] = [];
  for (const value of values) results.push(await answer(app, actor, taskId, value));
  return results;
}
