import { handle, type JobHandler } from '../../platform/jobs.ts';
import { closeDueAttempts } from './closing/actions.ts';
import { examsSweep } from './job-kinds.ts';
import { releaseDue } from './release/actions.ts';

export const examsJobs: JobHandler[] = [
  handle(examsSweep, async (app) => {
    await closeDueAttempts(app);
    await releaseDue(app);
  }),
];
