import * as z from 'zod';

const verdict = z.enum(['right', 'partly', 'wrong']);
const count = z.number().int();
const grade = z.object({ verdict, points: count });
const students = z.object({ students: count, points: count });

/** What a mended key would change of exams that are over, in attempts: each has one answer to the task. */
export const examChangesDto = z.object({
  answers: count,
  /** With another verdict or other points. */
  changed: count,
  /** With more points. */
  better: count,
  /** With fewer points if they are taken. */
  worse: count,
});
export type ExamChangesDto = z.infer<typeof examChangesDto>;

/** What a mended key would change, before anything is changed. */
export const keyFixPreviewDto = z.object({
  /** Answers that were counted at this task. */
  submissions: count,
  /** Different ones among them. */
  distinct: count,
  /** Answers whose verdict or points would change. */
  changed: count,
  /** Students whose points for the task would grow, and by how much in all. */
  gain: students,
  /** Students whose points would shrink if they are taken. */
  lose: students,
  /** Answers that were given in exams, also those that have not become part of the statistics yet. */
  exams: examChangesDto,
  /** Different answers that change, the most frequent first; only the first few. `unread`: no answer of this form under the new key. */
  examples: z.array(z.object({ understood: z.string(), count, before: grade, after: grade, unread: z.boolean() })),
  /** Different answers that change and are not among the examples. */
  more: count,
  /** Stands for what was shown: handed back when it is applied. */
  token: z.string(),
});
export type KeyFixPreviewDto = z.infer<typeof keyFixPreviewDto>;

/** What the moderator decided after the preview. */
export const keyFixChoice = z.strictObject({ takePoints: z.boolean(), token: z.string().max(64) });
export type KeyFixChoice = z.infer<typeof keyFixChoice>;

export const keyFixSeenInput = z.strictObject({ taskId: z.uuid() });
