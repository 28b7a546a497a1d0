/** What a moderator does to a notice to many while it goes out, inside the transactions of announcements. */
import { Prisma } from '#prisma/generated/client.ts';
import type { NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../platform/app.ts';
import { publishSql } from '../../platform/bus.ts';
import type { Tx } from '../../platform/db.ts';
import type { NoticeData } from './message.ts';

/** A notice by its cause. */
export interface NoticeKey {
  kind: NoticeKind;
  about: string;
}

/** What has not gone out waits, until `resumeNotice`. */
export async function pauseNotice(app: App, tx: Tx, { kind, about }: NoticeKey): Promise<void> {
  await tx.notice.updateMany({ where: { kind, about, pausedAt: null }, data: { pausedAt: app.clock.now() } });
}

export async function resumeNotice(app: App, tx: Tx, { kind, about }: NoticeKey): Promise<void> {
  await tx.notice.updateMany({ where: { kind, about }, data: { pausedAt: null } });
  await app.bus.publish(tx, 'deliveries', { kind: 'due' });
}

/** What waits will not go out; what is on its way arrives. One statement for all who wait. @returns how many deliveries were taken back */
export async function cancelNotice(app: App, tx: Tx, { kind, about }: NoticeKey): Promise<number> {
  await tx.notice.updateMany({ where: { kind, about, cancelledAt: null }, data: { cancelledAt: app.clock.now(), pausedAt: null } });
  return cancelWaiting(tx, { kind, about });
}

/** Once more: what was on its way then and did not arrive, and the letters instead of it, were put back among those that wait. */
export async function cancelWaiting(tx: Tx, { kind, about }: NoticeKey): Promise<number> {
  return tx.$executeRaw`UPDATE delivery d SET state = 'cancelled', lease_until = NULL FROM notice n
    WHERE n.kind = ${kind} AND n.about = ${about} AND n.cancelled_at IS NOT NULL AND d.notice_id = n.id AND d.state = 'waiting'`;
}

/**
 * Takes what nobody has seen yet from behind the bells, or puts it back there: what it tells of was removed, and came again. Everybody's bells hear of it.
 */
export async function hideUnseen(tx: Tx, { kind, about }: NoticeKey, hidden: boolean): Promise<void> {
  const [from, to] = hidden ? ['sent', 'skipped'] : ['skipped', 'sent'];
  await tx.$executeRaw`
    WITH turned AS (
      UPDATE delivery d SET state = ${to}::delivery_state, reason = ${hidden ? 'gone' : null} FROM notice n
      WHERE n.kind = ${kind} AND n.about = ${about} AND d.notice_id = n.id AND d.channel = 'site' AND d.state = ${from}::delivery_state AND d.seen_at IS NULL
      RETURNING 1
    ) SELECT ${toldEverybody} WHERE EXISTS (SELECT FROM turned)`;
}

const toldEverybody = Prisma.raw(publishSql(`'everyone'`, `json_build_object('kind', 'notices', 'threadId', NULL)`));

/**
 * For one person, by whatever they have, at once: quiet hours are for what others send. What they have switched off stays off.
 * @returns where it goes besides the bell
 */
export async function addNoticeToSelf<K extends NoticeKind>(
  app: App,
  tx: Tx,
  { kind, about, data, personId }: { kind: K; about: string; data: NoticeData[K]; personId: string },
): Promise<{ telegram: boolean; email: boolean }> {
  const now = app.clock.now();
  const { id: noticeId } = await tx.notice.create({ data: { kind, about, data, createdAt: now }, select: { id: true } });
  // Raw: what is off, broken or blocked stands in four tables.
  const [ways] = await tx.$queryRaw<{ telegram: boolean; email: boolean }[]>`
    SELECT EXISTS (SELECT FROM telegram_link l WHERE l.person_id = p.id AND l.broken_at IS NULL) AND ${app.config.telegram !== null}::boolean
        AND NOT EXISTS (SELECT FROM notice_setting t WHERE t.person_id = p.id AND t.kind = ${kind} AND t.channel = 'telegram' AND t.mode = 'off') AS telegram,
      NOT EXISTS (SELECT FROM mail_block b WHERE b.email = p.email)
        AND NOT EXISTS (SELECT FROM notice_setting e WHERE e.person_id = p.id AND e.kind = ${kind} AND e.channel = 'email' AND e.mode = 'off') AS email
    FROM person p WHERE p.id = ${personId}::uuid`;
  if (!ways) throw new Error('a notice was for nobody');
  const row = { noticeId, personId, dueAt: now };
  await tx.delivery.createMany({
    data: [
      { ...row, channel: 'site', state: 'sent', sentAt: now },
      ...(ways.telegram ? [{ ...row, channel: 'telegram' as const }] : []),
      ...(ways.email ? [{ ...row, channel: 'email' as const }] : []),
    ],
  });
  await app.bus.publish(tx, `person:${personId}`, { kind: 'notices', threadId: null });
  await app.bus.publish(tx, 'deliveries', { kind: 'due' });
  return ways;
}
