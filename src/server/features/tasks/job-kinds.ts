import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/** The letters to those who gained by a mended key. One job writes some of them and leaves the rest to the next. */
export const tellGainers = jobKind('tasks.tell-gainers', z.object({ keyFixId: z.uuid() }), { concurrency: 1 });
