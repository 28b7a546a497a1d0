import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

const tellStudentPayload = z.object({
  workId: z.uuid(),
  /** Which decision: a work that was graded again, or given back twice, is told of each time. */
  decidedAt: z.iso.datetime(),
});
export type TellStudent = z.infer<typeof tellStudentPayload>;

/** The letter that a work was graded or given back. */
export const tellStudent = jobKind('reviews.tell-student', tellStudentPayload, { concurrency: 4 });
