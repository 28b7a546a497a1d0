import * as z from 'zod';
import { jobKind } from '../../../../platform/jobs.ts';

/** Takes away updates and links that are over. */
export const telegramForget = jobKind('notifications.telegram-forget', z.object({}), { concurrency: 1, retryLimit: 1, cron: '47 * * * *' });
