import * as z from 'zod';
import { answerValueSchema } from './answers/format.ts';
import { taskChatDto } from './chat.ts';

/** What a student's browser may know of how the answer is to be given: mirrors `AnswerFormat`. Nothing here comes from the key. */
export const answerFormatDto = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number') }),
  z.object({ kind: z.literal('word') }),
  z.object({ kind: z.literal('choice'), options: z.array(z.object({ id: z.string(), html: z.string() })) }),
  z.object({ kind: z.literal('choices'), options: z.array(z.object({ id: z.string(), html: z.string() })) }),
  z.object({ kind: z.literal('sequence'), length: z.number().int().optional() }),
  z.object({ kind: z.literal('set'), length: z.number().int().optional() }),
  z.object({ kind: z.literal('cells'), rows: z.number().int(), cols: z.number().int() }),
  z.object({ kind: z.literal('long'), criteria: z.array(z.object({ id: z.string(), html: z.string(), max: z.number().int() })) }),
]);
export type AnswerFormatDto = z.infer<typeof answerFormatDto>;

export const attemptDto = z.object({
  id: z.string(),
  /** The answer as we understood it; for choices the option ids. */
  understood: z.string(),
  verdict: z.enum(['right', 'partly', 'wrong']),
  points: z.number().int(),
  at: z.string(),
  /** What a teacher says to everybody who answers so (src/shared/clusters.ts); null: nothing, or the answer is right by now. */
  replyHtml: z.string().nullable(),
});
export type AttemptDto = z.infer<typeof attemptDto>;

/** The part of a task that changes as the student works on it. */
export const taskStateDto = z.object({
  solved: z.boolean(),
  bestPoints: z.number().int(),
  wrongCount: z.number().int(),
  attempts: z.array(attemptDto),
  /** Null until it may be seen, or where the task has none. */
  hintHtml: z.string().nullable(),
  solution: z.discriminatedUnion('state', [
    z.object({ state: z.literal('none') }),
    /** Opens when the task is solved, or after `wrongLeft` more wrong answers. */
    z.object({ state: z.literal('closed'), wrongLeft: z.number().int().nullable() }),
    z.object({ state: z.literal('open') }),
  ]),
  /** Wrong answers left until the chat with a teacher opens; 0: open. */
  chatLeft: z.number().int(),
  /** The chat with a teacher; null while there is none. */
  chat: taskChatDto.nullable(),
  /** Points gained since the key was mended, until the student has read so; null: nothing to tell. */
  keyFixPoints: z.number().int().nullable(),
  /** Of a long task: what became of the newest work (src/shared/reviews.ts has the rest). Absent where the checker grades. */
  work: z.enum(['none', 'waiting', 'returned', 'accepted']).optional(),
});
export type TaskStateDto = z.infer<typeof taskStateDto>;

export const taskDto = z.object({
  id: z.string(),
  slug: z.string(),
  /** Place in the topic: 1, 2, … */
  number: z.number().int(),
  title: z.string(),
  examNumber: z.number().int().nullable(),
  origin: z.string().nullable(),
  points: z.number().int(),
  statementHtml: z.string(),
  format: answerFormatDto,
  files: z.array(z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.number().int() })),
  state: taskStateDto,
});
export type TaskDto = z.infer<typeof taskDto>;

export const submitInput = z.strictObject({ taskId: z.uuid(), clientId: z.uuid(), value: answerValueSchema });

/** Why an answer was not counted; the text of each is in i18n tasks.problem. */
export const formatProblemDto = z.object({
  code: z.string(),
  needed: z.number().int().optional(),
  given: z.number().int().optional(),
  row: z.number().int().optional(),
  col: z.number().int().optional(),
});

export const submitResult = z.discriminatedUnion('outcome', [
  /** Counted (or, on a replay of the same client id, counted before). */
  z.object({
    outcome: z.literal('graded'),
    verdict: z.enum(['right', 'partly', 'wrong']),
    points: z.number().int(),
    understood: z.string(),
    state: taskStateDto,
  }),
  /** This very answer was given before; costs nothing. */
  z.object({
    outcome: z.literal('repeat'),
    verdict: z.enum(['right', 'partly', 'wrong']),
    points: z.number().int(),
    understood: z.string(),
    at: z.string(),
    state: taskStateDto,
  }),
  /** Not an answer of this form; costs nothing. */
  z.object({ outcome: z.literal('malformed'), problem: formatProblemDto, state: taskStateDto }),
]);
export type SubmitResult = z.infer<typeof submitResult>;

export const solutionInput = z.strictObject({ taskId: z.uuid() });
export const solutionDto = z.object({ html: z.string() });

/** The public task of the guest's home. */
export const sampleTaskDto = z.object({
  id: z.string(),
  examNumber: z.number().int().nullable(),
  statementHtml: z.string(),
  format: answerFormatDto,
});
export type SampleTaskDto = z.infer<typeof sampleTaskDto>;

export const checkSampleInput = z.strictObject({ value: answerValueSchema });
export const checkSampleResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('graded'), verdict: z.enum(['right', 'partly', 'wrong']), understood: z.string() }),
  z.object({ outcome: z.literal('malformed'), problem: formatProblemDto }),
]);
