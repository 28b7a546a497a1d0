import type { ClusterReplyDto } from '#shared/clusters.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { accessAnsweredTask } from './access.ts';
import { toClusterReplyDto } from './queries.ts';

interface ReplyInput {
  taskId: string;
  hash: string;
  body: string;
  /** When the reply that was read was written; null: there was none. */
  base: string | null;
}

/**
 * Says one thing to everybody who answers so. Two who write at once meet here: the second is told, and overwrites nothing.
 * @throws AppError TASKS_NOT_FOUND, NOT_FOUND where nobody answered so, REPLIES_CONFLICT
 */
export async function saveReply(app: App, actor: PersonActor, input: ReplyInput): Promise<ClusterReplyDto> {
  const task = await accessAnsweredTask(app, actor, input.taskId);
  if (task.spec?.kind === 'long') throw new AppError('NOT_FOUND');
  const key = { taskId: task.id, canonicalHash: input.hash };
  const authorName = await nameOf(app, actor.id);
  return app.db.$transaction(async (tx) => {
    const given = await tx.submission.findFirst({ where: key, select: { understood: true } });
    if (!given) throw new AppError('NOT_FOUND');
    const before = await tx.answerReply.findUnique({
      where: { taskId_canonicalHash: key },
      select: { body: true, authorId: true, updatedAt: true },
    });
    // The same words again, by whoever wrote them: a double click, or an answer that was lost on its way.
    if (before && before.body === input.body && before.authorId === actor.id) {
      return toClusterReplyDto(app, task, { body: input.body, authorName, updatedAt: before.updatedAt });
    }
    // Later than the one it follows, also within one millisecond: `base` tells them apart.
    const updatedAt = new Date(Math.max(app.clock.now().getTime(), (before?.updatedAt.getTime() ?? 0) + 1));
    const row = { body: input.body, understood: given.understood, authorId: actor.id, updatedAt };
    const { count } =
      input.base === null
        ? await tx.answerReply.createMany({ data: [{ ...key, ...row, createdAt: updatedAt }], skipDuplicates: true })
        : await tx.answerReply.updateMany({ where: { ...key, updatedAt: new Date(input.base) }, data: row });
    if (count === 0) throw new AppError('REPLIES_CONFLICT');
    await recordAudit(app, tx, actor, {
      action: 'task.reply',
      subject: task.id,
      label: task.title,
      ...(before ? { before: { answer: given.understood, reply: before.body } } : {}),
      after: { answer: given.understood, reply: input.body },
    });
    return toClusterReplyDto(app, task, { body: input.body, authorName, updatedAt });
  });
}

/**
 * Takes a reply away and hands it back: whoever wants to undo it puts back what really stood there. Nothing there: nothing happens.
 * @throws AppError TASKS_NOT_FOUND
 */
export async function removeReply(app: App, actor: PersonActor, input: { taskId: string; hash: string }): Promise<{ body: string | null }> {
  const task = await accessAnsweredTask(app, actor, input.taskId);
  return app.db.$transaction(async (tx) => {
    // Raw: what was removed, and not what had been read before.
    const [removed] = await tx.$queryRaw<{ body: string; understood: string }[]>`
      DELETE FROM answer_reply WHERE task_id = ${task.id}::uuid AND canonical_hash = ${input.hash} RETURNING body, understood`;
    if (!removed) return { body: null };
    await recordAudit(app, tx, actor, {
      action: 'task.remove-reply',
      subject: task.id,
      label: task.title,
      before: { answer: removed.understood, reply: removed.body },
    });
    return { body: removed.body };
  });
}

async function nameOf(app: App, personId: string): Promise<string | null> {
  const person = await app.db.person.findUnique({ where: { id: personId }, select: { firstName: true, lastName: true } });
  return person && `${person.firstName} ${person.lastName}`;
}
