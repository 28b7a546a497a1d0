import { authJobs } from './features/auth/jobs.ts';
import { registryJobs } from './features/registry/jobs.ts';
import type { JobHandler } from './platform/jobs.ts';

/** Every job the server works off. */
export const jobHandlers: JobHandler[] = [...authJobs, ...registryJobs];
