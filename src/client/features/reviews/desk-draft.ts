import * as z from 'zod';
import { deviceMemory } from '#client/lib/memory.ts';
import { type CommentDto, type Grading, gradingSchema, type ReviewDto, type Scores } from '#shared/reviews.ts';
import { inOrder } from './comments.ts';

/** A remark being written; `key` stays while its number changes. */
export interface DeskComment extends CommentDto {
  key: number;
}

export interface DeskGrading {
  scores: Scores;
  comments: DeskComment[];
  remark: string;
}

let lastKey = 0;
export function newKey(): number {
  lastKey += 1;
  return lastKey;
}

/** What of a grading may be sent: a remark without words is none yet. */
export function toGrading({ scores, comments, remark }: DeskGrading): Grading {
  return inOneOrder({ scores, remark, comments: comments.filter(({ body }) => body.trim() !== '') });
}

/** Two gradings that say the same are the same text. */
export function inOneOrder({ scores, comments, remark }: Grading): Grading {
  const sorted = Object.fromEntries(Object.entries(scores).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { scores: sorted, remark, comments: inOrder(comments).map(({ start, end, body }) => ({ start, end, body })) };
}

const memoryKeyOf = (workId: string) => `grading.${workId}`;

/** Until the server has it. */
export function keepDraft(workId: string, grading: DeskGrading): void {
  deviceMemory.write(memoryKeyOf(workId), JSON.stringify({ at: Date.now(), grading: toGrading(grading) }));
}

export function forgetDraft(workId: string): void {
  deviceMemory.write(memoryKeyOf(workId), null);
}

/** What the server has; or what this device wrote after it, where the last save did not come through. */
export function startOf(work: ReviewDto): DeskGrading {
  // Another teacher's word is newer than what was left lying here.
  const free = work.state === 'waiting' && (work.holder === null || work.holder.mine);
  const kept = free ? readKept(deviceMemory.read(memoryKeyOf(work.id))) : null;
  const { scores, comments, remark } = kept ?? work.grading;
  return {
    scores,
    remark,
    comments: comments.map((comment) => ({ ...comment, key: newKey() })),
  };
}

/** After a day others may have gone on with it. */
const keptMs = 24 * 3_600_000;

function readKept(stored: string | null): Grading | null {
  try {
    const kept = z.object({ at: z.number(), grading: gradingSchema }).safeParse(JSON.parse(stored ?? 'null'));
    return kept.success && Date.now() - kept.data.at < keptMs ? kept.data.grading : null;
  } catch {
    return null;
  }
}
