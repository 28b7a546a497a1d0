/** Wrong answers of a task by what was answered («37 из 120 ответили 144»), and what a teacher says to all who answered so. */
import * as z from 'zod';
import { isNearInstant, storableText } from './storable.ts';

export const replyLimit = 4000;
export const clusterPageSize = 25;

export const clustersInput = z.strictObject({
  taskId: z.uuid(),
  cursor: z.string().max(200).nullish(),
  direction: z.literal('forward').optional(),
});
export const clusterReplyInput = z.strictObject({
  taskId: z.uuid(),
  /** Names the answer: `clusterDto.hash`. */
  hash: z.string().regex(/^[\w-]{43}$/),
  body: z.string().trim().min(1, 'required').max(replyLimit, 'too-long').transform(storableText),
  /** `updatedAt` of the reply that was read; null: there was none. Another one there now is a conflict. */
  base: z.iso.datetime().refine(isNearInstant, 'invalid').nullable(),
});
export const clusterInput = clusterReplyInput.pick({ taskId: true, hash: true });
export const replyPreviewInput = clusterReplyInput.pick({ taskId: true, body: true });
export const replyPreviewDto = z.object({ html: z.string() });

export const clusterReplyDto = z.object({
  body: z.string(),
  html: z.string(),
  authorName: z.string().nullable(),
  updatedAt: z.string(),
});
export type ClusterReplyDto = z.infer<typeof clusterReplyDto>;

/** What was taken away, so that it can be put back; null: there was nothing any more. */
export const removedReplyDto = z.object({ body: z.string().nullable() });

export const shownAnswerDto = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('options'), chosen: z.array(z.object({ place: z.int(), html: z.string() })) }),
]);
export type ShownAnswerDto = z.infer<typeof shownAnswerDto>;

export const clusterDto = z.object({
  hash: z.string(),
  /** As a student sees it; of options their places and texts. */
  answer: shownAnswerDto,
  verdict: z.enum(['partly', 'wrong']),
  students: z.int(),
  lastAt: z.string(),
  reply: clusterReplyDto.nullable(),
});
export type ClusterDto = z.infer<typeof clusterDto>;

export const clustersDto = z.object({
  task: z.object({ id: z.string(), title: z.string(), courseSlug: z.string(), courseTitle: z.string(), topicTitle: z.string() }),
  /** Students who answered the task at all, and who solved it. */
  students: z.int(),
  solved: z.int(),
  /** The right answer, in words; null for none. */
  key: z.string().nullable(),
  /** Graded by a teacher: no two answers are the same. */
  long: z.boolean(),
  clusters: z.array(clusterDto),
  nextCursor: z.string().nullable(),
});
export type ClustersDto = z.infer<typeof clustersDto>;
