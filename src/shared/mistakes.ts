/** «Ошибки на сегодня»: tasks that went wrong come back, and count towards nothing but themselves. */
import * as z from 'zod';
import { answerValueSchema } from './answers/format.ts';
import { answerFormatDto, formatProblemDto } from './tasks.ts';

export const mistakeDto = z.object({
  taskId: z.string(),
  title: z.string(),
  examNumber: z.int().nullable(),
  points: z.int(),
  course: z.object({ slug: z.string(), title: z.string() }),
  topic: z.object({ slug: z.string(), title: z.string() }),
  /** Where the task stands, if the student may open it there. */
  taskSlug: z.string().nullable(),
  /** The released attempt it went wrong in, for a task that stands nowhere else. */
  attemptId: z.string().nullable(),
  /** The solution may be seen by now (`tasks.solution`); shown after the answer only. */
  solution: z.boolean(),
  /** Which return it is: 1 … 4. */
  step: z.int(),
  dueOn: z.string(),
  statementHtml: z.string(),
  format: answerFormatDto,
  files: z.array(z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.int() })),
});
export type MistakeDto = z.infer<typeof mistakeDto>;

export const mistakesDto = z.object({
  today: z.string(),
  due: z.array(mistakeDto),
  /** Due in all, those beyond a day's portion counted. */
  dueTotal: z.int(),
  /** Answered today already. */
  doneToday: z.int(),
  /** On the ladder in all. */
  total: z.int(),
  /** The next day on which something comes back, when nothing is due. */
  nextOn: z.string().nullable(),
});
export type MistakesDto = z.infer<typeof mistakesDto>;

/** For the home and the sign in the head. */
export const mistakesBriefDto = z.object({
  due: z.int(),
  nextOn: z.string().nullable(),
  first: z.array(
    z.object({
      taskId: z.string(),
      title: z.string(),
      examNumber: z.int().nullable(),
      topicTitle: z.string(),
      step: z.int(),
      /** Days of the student since the last answer that was not right. */
      wrongDaysAgo: z.int(),
    }),
  ),
});
export type MistakesBriefDto = z.infer<typeof mistakesBriefDto>;

export const answerMistakeInput = z.strictObject({ taskId: z.uuid(), clientId: z.uuid(), value: answerValueSchema });
export const answerMistakeResult = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('graded'),
    verdict: z.enum(['right', 'partly', 'wrong']),
    points: z.int(),
    understood: z.string(),
    /** When it comes back; null: it has been learnt. */
    nextOn: z.string().nullable(),
    /** What a teacher says to everybody who answers so. */
    replyHtml: z.string().nullable(),
  }),
  z.object({ outcome: z.literal('malformed'), problem: formatProblemDto }),
]);
export type AnswerMistakeResult = z.infer<typeof answerMistakeResult>;
