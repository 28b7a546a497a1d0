import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/** Takes away what lies about and belongs to no feature: letters that were kept instead of sent, probes of the store that stayed. */
export const retentionSweep = jobKind('health.retention', z.object({}), {
  coalesced: true,
  retryLimit: 2,
  expireInSeconds: 600,
  cron: '41 1 * * *',
});
