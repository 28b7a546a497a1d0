import { lastBackup } from '../../../platform/backup/keep.ts';
import { type Found, failed, isPrivate, type Look, ok, warning } from '../check.ts';
import { getQueueNumbers } from '../numbers.ts';

const minute = 60_000;
const lateMs = { tell: 5 * minute, wrong: 60 * minute };
const hour = 60 * minute;

export const lookAtQueue: Look = async (parts) => {
  const kinds = await getQueueNumbers(parts.pool);
  const oldest = kinds.toSorted((a, b) => b.lateMs - a.lateMs)[0];
  if (oldest && oldest.lateMs > lateMs.tell)
    return (oldest.lateMs > lateMs.wrong ? failed : warning)(({ queue }) => queue.late(oldest.name, oldest.lateMs));
  const broken = kinds.filter((kind) => kind.failed > 0);
  const n = broken.reduce((sum, kind) => sum + kind.failed, 0);
  if (n > 0) return warning(({ queue }) => queue.failed(n, broken.map(({ name }) => name).join(', ')));
  return ok(({ queue }) => queue.ok(0));
};

/** Nothing due waits for long while channel and process work: a tenth of what is waited with when they do not. */
const stuckMs = 15 * minute;

export const lookAtDelivery: Look = async ({ pool, clock }) => {
  const { rows } = await pool.query<{ channel: 'telegram' | 'email'; due: number; oldest: Date | null }>({
    name: 'health-deliveries',
    text: `SELECT c.channel, w.due, w.oldest FROM (VALUES ('telegram'), ('email')) AS c (channel) CROSS JOIN LATERAL (
        SELECT count(*)::int AS due, min(d.due_at) AS oldest FROM delivery d
        WHERE d.channel = c.channel::delivery_channel AND d.state IN ('waiting', 'sending') AND d.bulk IN (false, true) AND d.due_at <= $1
      ) w`,
    values: [clock.now()],
  });
  const waiting = rows.map(({ channel, due, oldest }) => ({ channel, due, ms: oldest ? clock.now().getTime() - oldest.getTime() : 0 }));
  const late = waiting.toSorted((a, b) => b.ms - a.ms)[0];
  if (late && late.ms > stuckMs) return warning(({ delivery }) => delivery.late(late.channel, late.due, late.ms));
  const due = waiting.reduce((sum, one) => sum + one.due, 0);
  return ok(({ delivery }) => delivery.ok(due));
};

export const lookAtBackup: Look = async ({ config, clock }): Promise<Found> => {
  const last = await lastBackup({ config });
  const { dir } = config.backups;
  if (!last) return isPrivate(config.publicUrl) ? ok(({ backup }) => backup.practice(dir)) : failed(({ backup }) => backup.none(dir));
  const ms = clock.now().getTime() - last.at.getTime();
  // Made every night, one may be a day and some hours old; of three missed nights nobody can say that they are late.
  if (ms < 30 * hour) return ok(({ backup }) => backup.ok(ms));
  return (ms < 4 * 24 * hour || isPrivate(config.publicUrl) ? warning : failed)(({ backup }) => backup.old(ms));
};
