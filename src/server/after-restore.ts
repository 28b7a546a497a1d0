/**
 * What the world outside knows and the backup does not: between its moment and now the school went on, sent letters and charged cards. A restored school
 * must not do that a second time, so whatever may have been done waits for a person to look, or is not done.
 */
import * as z from 'zod';
import { closeDueAttempts } from './features/exams/closing/actions.ts';
import { releaseDue } from './features/exams/release/actions.ts';
import { tellOpenedTopics } from './features/notifications/topics/actions.ts';
import { tellOfWeek } from './features/notifications/week/actions.ts';
import { holdMoney } from './features/payments/restored/actions.ts';
import { eraseAgain } from './features/people/personal-data/erasing/actions.ts';
import { jobHandlers } from './jobs.ts';
import type { App } from './platform/app.ts';
import type { OpenBackup } from './platform/backup/check.ts';
import { linesOf, readPart } from './platform/backup/parts.ts';
import type { JobKind } from './platform/jobs.ts';

export interface Held {
  /** Notices that were due, by Telegram and mail: not sent. On the site everybody has them. */
  notices: number;
  /** Announcements whose time has gone by: drafts again. */
  announcements: number;
  /** Subscriptions whose charge fell due. Nothing is charged until a moderator has started the providers again. */
  charges: number;
}

/** @param sendWaiting the school has done nothing since the backup: it was stopped for it */
export async function afterRestore(app: App, backup: OpenBackup, sendWaiting: boolean): Promise<Held & { erased: number }> {
  // Their bytes are not in the backup: browsers begin them anew.
  await app.pool.query(`DELETE FROM upload WHERE state = 'receiving'`);
  const held = sendWaiting ? { notices: 0, announcements: 0, charges: 0 } : await hold(app, new Date(backup.manifest.at));
  await queueJobs(app, backup);
  return { ...held, erased: await eraseAgain(app) };
}

async function hold(app: App, backupAt: Date): Promise<Held> {
  const now = app.clock.now();
  // Who has signed out since, or was signed out, would be signed in again: on a machine in a library, in a thief's hands.
  await app.pool.query('DELETE FROM session');
  // What has come about since by the clock alone was told as well: it is written down now, and goes no further than the site.
  await closeDueAttempts(app);
  await releaseDue(app);
  await tellOpenedTopics(app);
  await tellOfWeek(app);
  const notices = await app.pool.query(
    `UPDATE delivery SET state = 'skipped', reason = 'gone', lease_until = NULL
     WHERE state = 'sending' OR (state = 'waiting' AND channel <> 'site' AND (due_at <= $1 OR notice_id IN (SELECT id FROM notice WHERE created_at >= $1)))`,
    [now],
  );
  const announcements = await app.pool.query(
    `UPDATE news_post SET state = 'draft', scheduled_at = NULL, updated_at = $1, rev = rev + 1 WHERE state = 'scheduled' AND scheduled_at <= $1`,
    [now],
  );
  const charges = await holdMoney(app, backupAt);
  return { notices: notices.rowCount ?? 0, announcements: announcements.rowCount ?? 0, charges };
}

const waitingJob = z.object({ name: z.string(), data: z.unknown(), startAfter: z.coerce.date() });
const atOnce = 500;

/** Jobs remember what they have done in the rows they are about. Those of what is switched off on this machine are left out. */
async function queueJobs(app: App, { folder, manifest, key }: OpenBackup): Promise<void> {
  const kinds = new Map(jobHandlers(app.config).map(({ kind }) => [kind.name, kind]));
  let batch: { kind: JobKind<unknown>; payload: unknown; startAfter: Date }[] = [];
  const flush = async () => {
    const jobs = batch;
    batch = [];
    await app.db.$transaction(
      async (tx) => {
        for (const { kind, payload, startAfter } of jobs) await app.jobs.enqueue(tx, kind, payload, { startAfter });
      },
      { timeout: 120_000 },
    );
  };
  for await (const line of linesOf(readPart(folder, manifest.jobs.part, key))) {
    const { name, data, startAfter } = waitingJob.parse(JSON.parse(Buffer.from(line, 'hex').toString('utf8')));
    const kind = kinds.get(name);
    const payload = kind?.payload.safeParse(data);
    if (!kind || !payload?.success) continue;
    batch.push({ kind, payload: payload.data, startAfter });
    if (batch.length === atOnce) await flush();
  }
  if (batch.length > 0) await flush();
}
