import type { App } from '../../../../platform/app.ts';

/** Whoever took an update and has said nothing for so long has died over it. */
const leaseMs = 120_000;
const keptMs = 7 * 86_400_000;

/**
 * Takes an update, which Telegram may hand over several times.
 * - `mine`: nobody has worked on it to the end.
 * - `done`: it is done.
 * - `busy`: somebody works on it at the moment.
 * @param alone nobody else can be at it: whoever was has died
 */
export async function takeUpdate(app: App, botId: bigint, updateId: number, alone: boolean): Promise<'mine' | 'done' | 'busy'> {
  const now = app.clock.now();
  const before = alone ? now : new Date(now.getTime() - leaseMs);
  const { rows } = await app.pool.query<{ taken: boolean; done: boolean }>({
    name: 'telegram-take-update',
    text: `WITH taken AS (
        INSERT INTO telegram_update AS u (bot_id, update_id, taken_at) VALUES ($1, $2, $3)
        ON CONFLICT (bot_id, update_id) DO UPDATE SET taken_at = EXCLUDED.taken_at WHERE u.done_at IS NULL AND u.taken_at <= $4
        RETURNING true
      )
      SELECT EXISTS (SELECT FROM taken) AS taken,
        EXISTS (SELECT FROM telegram_update WHERE bot_id = $1 AND update_id = $2 AND done_at IS NOT NULL) AS done`,
    values: [botId, updateId, now, before],
  });
  return rows[0]?.taken ? 'mine' : rows[0]?.done ? 'done' : 'busy';
}

export async function finishUpdate(app: App, botId: bigint, updateId: number): Promise<void> {
  await app.db.telegramUpdate.updateMany({ where: { botId, updateId, doneAt: null }, data: { doneAt: app.clock.now() } });
}

/** Takes away what nobody will ask for any more: updates of last week, and links to the bot that were not followed. */
export async function forgetOldUpdates(app: App): Promise<void> {
  const before = new Date(app.clock.now().getTime() - keptMs);
  await app.db.telegramUpdate.deleteMany({ where: { takenAt: { lt: before } } });
  await app.db.telegramLinkToken.deleteMany({ where: { expiresAt: { lt: before } } });
}
