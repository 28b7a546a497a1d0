import { authJobs } from './features/auth/jobs.ts';
import { examsJobs } from './features/exams/jobs.ts';
import { filesJobs } from './features/files/jobs.ts';
import { newsJobs } from './features/news/jobs.ts';
import { notificationsJobs } from './features/notifications/jobs.ts';
import { registryJobs } from './features/registry/jobs.ts';
import type { JobHandler } from './platform/jobs.ts';

/** Every job the server works off. */
export const jobHandlers: JobHandler[] = [...authJobs, ...examsJobs, ...filesJobs, ...newsJobs, ...notificationsJobs, ...registryJobs];
