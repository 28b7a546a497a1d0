import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/** Makes the smaller copies of a picture. Queued in the transaction that gives the picture a place. */
export const filesResize = jobKind('files.resize', z.object({ key: z.string().max(500) }), {
  concurrency: 1,
  retryLimit: 3,
  expireInSeconds: 300,
});

/** Queues the pictures that lack their smaller copies: what came before there were any, and what was missed. */
export const filesFill = jobKind('files.fill', z.object({}), { concurrency: 1, retryLimit: 1, cron: '10 0 * * *' });

/** Takes away what nobody names. At night in Russia. */
export const filesCollect = jobKind('files.collect', z.object({}), {
  concurrency: 1,
  retryLimit: 1,
  expireInSeconds: 3600,
  cron: '30 0 * * *',
});
