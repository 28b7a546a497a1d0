import { handle, type JobHandler } from '../../platform/jobs.ts';
import { collectFiles } from './collect.ts';
import { filesCollect, filesFill, filesResize } from './job-kinds.ts';
import { fillVariants, makeVariants } from './variants.ts';

export const filesJobs: JobHandler[] = [
  handle(filesResize, (app, { key }) => makeVariants(app, key)),
  handle(filesFill, (app) => fillVariants(app)),
  handle(filesCollect, async (app) => {
    const removed = await collectFiles(app);
    if (removed > 0) app.log.info({ removed }, 'files that nobody names were removed');
  }),
];
