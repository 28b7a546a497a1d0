import { AppError } from '#shared/errors.ts';
import type { TemplateDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';

type Fields = Pick<TemplateDto, 'title' | 'body'>;
const shown = { id: true, title: true, body: true, rev: true } as const;

/** A text that all teachers may answer with. */
export function createTemplate(app: App, actor: PersonActor, { title, body }: Fields): Promise<TemplateDto> {
  return app.db.$transaction(async (tx) => {
    const made = await tx.chatTemplate.create({ data: { title, body, updatedAt: app.clock.now() }, select: shown });
    await recordAudit(app, tx, actor, { action: 'template.create', subject: made.id, label: title, after: { title, body } });
    return made;
  });
}

/**
 * The same fields again, as after a lost answer or a double click, change nothing.
 * @throws AppError TEMPLATES_NOT_FOUND, CHAT_CONFLICT where it was changed since `rev`
 */
export function updateTemplate(
  app: App,
  actor: PersonActor,
  { id, rev, title, body }: Fields & { id: string; rev: number },
): Promise<TemplateDto> {
  return app.db.$transaction(async (tx) => {
    const before = await holdTemplate(tx, id);
    if (before.deleted) throw new AppError('TEMPLATES_NOT_FOUND');
    if (before.title === title && before.body === body) return { id, title, body, rev: before.rev };
    if (before.rev !== rev) throw new AppError('CHAT_CONFLICT');
    const template = await tx.chatTemplate.update({
      where: { id },
      data: { title, body, rev: rev + 1, updatedAt: app.clock.now() },
      select: shown,
    });
    await recordAudit(app, tx, actor, {
      action: 'template.update',
      subject: id,
      label: title,
      before: { title: before.title, body: before.body },
      after: { title, body },
    });
    return template;
  });
}

/** @throws AppError TEMPLATES_NOT_FOUND */
export async function removeTemplate(app: App, actor: PersonActor, { id }: { id: string }): Promise<void> {
  await putAway(app, actor, id, true);
}

/** @throws AppError TEMPLATES_NOT_FOUND */
export async function restoreTemplate(app: App, actor: PersonActor, { id }: { id: string }): Promise<void> {
  await putAway(app, actor, id, false);
}

async function putAway(app: App, actor: PersonActor, id: string, away: boolean): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const template = await holdTemplate(tx, id);
    if (template.deleted === away) return;
    await tx.chatTemplate.update({ where: { id }, data: { deletedAt: away ? app.clock.now() : null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: away ? 'template.remove' : 'template.restore', subject: id, label: template.title });
  });
}

/** Locked for the transaction. */
async function holdTemplate(tx: Tx, id: string): Promise<Fields & { rev: number; deleted: boolean }> {
  const [template] = await tx.$queryRaw<(Fields & { rev: number; deleted: boolean })[]>`
    SELECT title, body, rev, deleted_at IS NOT NULL AS deleted FROM chat_template WHERE id = ${id}::uuid FOR UPDATE`;
  if (!template) throw new AppError('TEMPLATES_NOT_FOUND');
  return template;
}

/** Templates of the demo school, for a school that never had any: what a teacher deleted does not come back. */
export async function seedTemplates(app: App, templates: readonly Fields[]): Promise<void> {
  await app.db.$transaction(async (tx) => {
    // Of two processes that start at once, one writes.
    await tx.$executeRaw`LOCK TABLE chat_template IN EXCLUSIVE MODE`;
    if ((await tx.chatTemplate.count()) > 0) return;
    const updatedAt = app.clock.now();
    await tx.chatTemplate.createMany({ data: templates.map(({ title, body }) => ({ title, body, updatedAt })) });
  });
}
