import type { SecondStepDto } from '#shared/second-step.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

export async function getSecondStep(app: App, actor: PersonActor): Promise<SecondStepDto> {
  const row = await app.db.secondStep.findUnique({
    where: { personId: actor.id },
    select: { turnedOnAt: true, _count: { select: { codes: { where: { usedAt: null } } } } },
  });
  return { onSince: row?.turnedOnAt.toISOString() ?? null, codesLeft: row?._count.codes ?? 0 };
}
