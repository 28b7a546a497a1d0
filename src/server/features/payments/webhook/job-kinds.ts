import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

/** Does what a stored message tells. Queued in the transaction that stores it. Tried for a quarter of an hour; what is left then, looks at the books find. */
export const paymentsEvent = jobKind('payments.event', z.object({ id: z.string().regex(/^\d{1,19}$/) }), { concurrency: 4 });

/** Empties messages that nobody needs any more: they hold personal data. At night in Russia. */
export const paymentsForget = jobKind('payments.forget', z.object({}), { concurrency: 1, retryLimit: 1, cron: '50 0 * * *' });
