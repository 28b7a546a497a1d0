import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

/** Tells of the topics that have opened, by their date or by a teacher. */
export const topicsSweep = jobKind('notifications.topics', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  cron: '* * * * *',
  atStart: true,
});
