import type { TextInput } from '#shared/texts.ts';
import { type Actor, type App, actorName } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import type { ParsedTask } from '../transfer/task-source.ts';
import type { TextState } from './state.ts';

/** The columns of a task that its source says: all of them are a copy of it. */
export function taskColumns(source: string, task: ParsedTask) {
  return { source, ...task };
}

/** Puts a text into the table of the thing itself. Only a task becomes visible by it: topics and courses are published by themselves. */
export async function writePublished(tx: Tx, text: TextInput, source: string, task: ParsedTask | null, publishedAt: Date): Promise<void> {
  const where = { id: text.subjectId };
  const select = { id: true } as const;
  if (task) await tx.task.update({ where, data: { ...taskColumns(source, task), publishedAt }, select });
  else if (text.kind === 'theory') await tx.topic.update({ where, data: { theory: source }, select });
  else await tx.course.update({ where, data: { description: source }, select });
}

/**
 * Keeps a draft that somebody else left, before another one takes its place: whatever two people decide, neither text is lost. The caller holds
 * the lock of the text's state.
 */
export async function keepDraft(app: App, tx: Tx, actor: Actor, { kind, subjectId }: TextInput, state: TextState): Promise<void> {
  const { draft: source, editedBy, editedAt } = state;
  if (source === null || editedBy === null || editedBy === actorName(actor)) return;
  const number = (await lastNumber(tx, { kind, subjectId })) + 1;
  const at = editedAt ?? app.clock.now();
  await tx.textVersion.create({ data: { kind, subjectId, number, source, actor: editedBy, at, isDraft: true }, select: { id: true } });
}

/**
 * Keeps a published text. Where nothing was kept yet, the one it replaces comes first, so that the history has a beginning. The caller holds the
 * lock of the text's state.
 * @returns its number
 */
export async function addVersion(
  app: App,
  tx: Tx,
  actor: Actor,
  { kind, subjectId }: TextInput,
  source: string,
  replaced: { source: string; at: Date } | null,
): Promise<number> {
  const last = await lastNumber(tx, { kind, subjectId });
  const before = last === 0 ? null : await tx.textVersion.findFirst({ where: { kind, subjectId, isDraft: false }, select: { id: true } });
  const first =
    !before && replaced ? [{ kind, subjectId, number: last + 1, source: replaced.source, actor: 'system', at: replaced.at }] : [];
  const number = last + first.length + 1;
  await tx.textVersion.createMany({ data: [...first, { kind, subjectId, number, source, actor: actorName(actor), at: app.clock.now() }] });
  return number;
}

async function lastNumber(tx: Tx, { kind, subjectId }: TextInput): Promise<number> {
  const last = await tx.textVersion.findFirst({ where: { kind, subjectId }, orderBy: { number: 'desc' }, select: { number: true } });
  return last?.number ?? 0;
}
