import { authJobs } from './features/auth/jobs.ts';
import { examsJobs } from './features/exams/jobs.ts';
import { filesJobs } from './features/files/jobs.ts';
import { registryJobs } from './features/registry/jobs.ts';
import { reviewsJobs } from './features/reviews/jobs.ts';
import { tasksJobs } from './features/tasks/jobs.ts';
import type { JobHandler } from './platform/jobs.ts';

/** Every job the server works off. */
export const jobHandlers: JobHandler[] = [...authJobs, ...examsJobs, ...filesJobs, ...registryJobs, ...reviewsJobs, ...tasksJobs];
