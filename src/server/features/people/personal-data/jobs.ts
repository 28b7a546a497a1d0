import { handle, type JobHandler } from '../../../platform/jobs.ts';
import { eraseDue } from './erasing/actions.ts';
import { eraseDueKind } from './job-kinds.ts';

export const personalDataJobs: JobHandler[] = [handle(eraseDueKind, eraseDue)];
