import { handle, type JobHandler } from '../../platform/jobs.ts';
import { forgetOldNotices } from './journal/actions.ts';
import { journalForget } from './journal/job-kinds.ts';
import { forgetOldUpdates } from './telegram/updates/actions.ts';
import { telegramForget } from './telegram/updates/job-kinds.ts';
import { tellOpenedTopics } from './topics/actions.ts';
import { topicsSweep } from './topics/job-kinds.ts';
import { tellOfWeek } from './week/actions.ts';
import { weekSweep } from './week/job-kinds.ts';

export const notificationsJobs: JobHandler[] = [
  handle(topicsSweep, async (app) => {
    await tellOpenedTopics(app);
  }),
  handle(weekSweep, tellOfWeek),
  handle(telegramForget, forgetOldUpdates),
  handle(journalForget, forgetOldNotices),
];
