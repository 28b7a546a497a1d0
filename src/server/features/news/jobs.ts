import { handle, type JobHandler } from '../../platform/jobs.ts';
import { newsSweep } from './job-kinds.ts';
import { settlePosts } from './office/sending/settle/actions.ts';
import { startDuePosts } from './office/sending/start/actions.ts';

export const newsJobs: JobHandler[] = [
  handle(newsSweep, async (app) => {
    await startDuePosts(app);
    await settlePosts(app);
  }),
];
