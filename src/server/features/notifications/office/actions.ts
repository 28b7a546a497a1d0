import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';

/** Letters go there again: a moderator has it from the person that the address is well. What was given up meanwhile stays so. */
export async function unblockAddress(app: App, actor: PersonActor, { email }: { email: string }): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const block = await tx.mailBlock.findUnique({ where: { email } });
    if (!block) return;
    const { count } = await tx.mailBlock.deleteMany({ where: { email } });
    if (count === 0) return;
    const { reason, answer } = block;
    await recordAudit(app, tx, actor, { action: 'mail.unblock', subject: email, label: email, before: { reason, answer } });
    const person = await tx.person.findUnique({ where: { email }, select: { id: true } });
    if (person) await app.bus.publish(tx, `person:${person.id}`, { kind: 'notices', threadId: null });
  });
}
