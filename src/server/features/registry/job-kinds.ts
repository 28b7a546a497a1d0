import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/**
 * Brings the Excel table up to date with the students in the database. It carries nothing: one run covers every registration that was
 * committed before it began, so a burst of them is one run. To be queued by whatever changes a row of the table.
 */
export const registryWrite = jobKind('registry.write', z.object({}), { coalesced: true, concurrency: 1, expireInSeconds: 90 });
