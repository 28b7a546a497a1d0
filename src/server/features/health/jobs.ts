import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { forgetLetters } from '../../platform/mail/folder.ts';
import { probesFolder } from './checks/files.ts';
import { retentionSweep } from './job-kinds.ts';

const day = 86_400_000;
/** Of a school that has a mail server nobody reads them any more; they hold names, addresses and codes. */
const lettersMs = { folder: 30 * day, smtp: day };

export async function sweep({ config, clock, storage, log }: App): Promise<void> {
  const now = clock.now().getTime();
  const letters = await forgetLetters(config.dataDir, new Date(now - lettersMs[config.mail.kind]));
  let probes = 0;
  for await (const { key, modifiedAt } of storage.list(probesFolder)) {
    if (modifiedAt.getTime() > now - day) continue;
    await storage.remove(key);
    probes += 1;
  }
  if (letters + probes > 0) log.info({ letters, probes }, 'what nobody needs was removed');
}

export const healthJobs: JobHandler[] = [handle(retentionSweep, sweep)];
