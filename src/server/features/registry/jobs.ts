import { setTimeout as pause } from 'node:timers/promises';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { writeRegistry } from './file.ts';
import { registryWrite } from './job-kinds.ts';

/** Long enough to gather a burst, short enough to be «at once». */
const gatherMs = { least: 400, most: 10_000 };
let lastWriteMs = 0;

export const registryJobs: JobHandler[] = [
  handle(registryWrite, async (app) => {
    // A table of 50,000 takes three seconds to write. In a steady stream of registrations that may be a fifth of the time, not all of it.
    await pause(Math.min(gatherMs.most, Math.max(gatherMs.least, 4 * lastWriteMs)));
    const startedAt = performance.now();
    await writeRegistry(app);
    lastWriteMs = performance.now() - startedAt;
  }),
];
