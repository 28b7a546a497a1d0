import { AppError } from '#shared/errors.ts';
import { kindsOf } from '#shared/notification-rules.ts';
import type { SetModeInput } from '#shared/notifications.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

/**
 * Chooses what a channel does with a kind. What waits to go out obeys it as well.
 * @throws AppError AUTH_FORBIDDEN for a kind that is not the person's
 */
export async function setMode(app: App, actor: PersonActor, { kind, channel, mode }: SetModeInput): Promise<void> {
  if (!kindsOf[actor.role].includes(kind)) throw new AppError('AUTH_FORBIDDEN');
  const key = { personId: actor.id, kind, channel };
  await app.db.$transaction(async (tx) => {
    await tx.noticeSetting.upsert({
      where: { personId_kind_channel: key },
      create: { ...key, mode },
      update: { mode },
      select: { kind: true },
    });
    await app.bus.publish(tx, `person:${actor.id}`, { kind: 'notices', threadId: null });
  });
}

/** Chooses when nothing goes out; equal: never. What waits for the end of other hours keeps its time. */
export async function setQuiet(app: App, actor: PersonActor, { fromMin, toMin }: { fromMin: number; toMin: number }): Promise<void> {
  const hours = { fromMin, toMin };
  await app.db.$transaction(async (tx) => {
    await tx.quietHours.upsert({
      where: { personId: actor.id },
      create: { personId: actor.id, ...hours },
      update: hours,
      select: { personId: true },
    });
    await app.bus.publish(tx, `person:${actor.id}`, { kind: 'notices', threadId: null });
  });
}
