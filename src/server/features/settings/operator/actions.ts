import type { Operator } from '#shared/personal-data.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { getOperator } from './queries.ts';

/** Who answers for the data, as the privacy policy names them from now on. */
export async function setOperator(app: App, actor: Actor, operator: Operator): Promise<void> {
  const before = await getOperator(app);
  await app.db.$transaction(async (tx) => {
    const data = { ...operator, updatedAt: app.clock.now() };
    await tx.schoolOperator.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'school.operator', subject: 'school', label: operator.name, before, after: operator });
  });
}
