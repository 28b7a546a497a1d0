/** Long answers: what a student hands in, and how a teacher grades it. */
import * as z from 'zod';
import { isNearInstant } from './storable.ts';
import { workLimits } from './work-limits.ts';

/** How long a teacher who grades keeps others out; the open page renews it. */
export const lockMinutes = 10;
export const reviewPageSize = 25;

/** PostgreSQL stores neither U+0000 nor half of a surrogate pair, and nobody types them. */
const storable = (text: string) => !text.includes('\0') && text.isWellFormed();
const text = (limit: number) => z.string().max(limit).refine(storable);

export const workTextSchema = text(workLimits.text);
export const previewWorkInput = z.strictObject({ text: workTextSchema });
export const previewWorkDto = z.object({ html: z.string() });

export const handInInput = z
  .strictObject({
    taskId: z.uuid(),
    /** Made by the browser: the same work sent twice is one. */
    clientId: z.uuid(),
    text: workTextSchema,
    uploadIds: z.array(z.uuid()).max(workLimits.files),
  })
  .refine(({ text: typed, uploadIds }) => typed.trim() !== '' || uploadIds.length > 0, { path: ['text'], message: 'required' })
  .refine(({ uploadIds }) => new Set(uploadIds).size === uploadIds.length, { path: ['uploadIds'] });
export type HandInInput = z.infer<typeof handInInput>;

export const workInput = z.strictObject({ workId: z.uuid() });
export const taskWorksInput = z.strictObject({ taskId: z.uuid() });

export const workStateSchema = z.enum(['waiting', 'returned', 'accepted']);
export type WorkStateDto = z.infer<typeof workStateSchema>;

export const workFileDto = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  /** A small copy of a large picture; else the file itself. */
  previewUrl: z.string(),
  /** As large as a screen needs it. */
  viewUrl: z.string(),
  mime: z.string(),
  size: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export type WorkFileDto = z.infer<typeof workFileDto>;

/** Points by criterion: `{ K1: 2 }`. */
export const scoresSchema = z.record(z.string().max(10), z.number().int().min(0).max(100));
export type Scores = z.infer<typeof scoresSchema>;

/** A remark at a place of the text; `number` is the one that stands there. */
export const shownCommentDto = z.object({ number: z.number().int(), quote: z.string(), html: z.string() });

/** A work as its student and, in earlier rounds, a teacher sees it. What a teacher has not decided yet is not in it. */
export const workDto = z.object({
  id: z.string(),
  idPrefix: z.string(),
  round: z.number().int(),
  state: workStateSchema,
  handedInAt: z.string(),
  /** The student has read the result, or there is none yet. */
  seen: z.boolean(),
  /** A teacher grades it now. */
  held: z.boolean(),
  /** May be taken back: nobody has looked at it. */
  mayWithdraw: z.boolean(),
  /** With the numbers of the comments; the words of each are looked for at `<idPrefix>_note-<number>`. */
  textHtml: z.string(),
  files: z.array(workFileDto),
  decidedAt: z.string().nullable(),
  points: z.number().int().nullable(),
  scores: scoresSchema.nullable(),
  remarkHtml: z.string(),
  comments: z.array(shownCommentDto),
});
export type WorkDto = z.infer<typeof workDto>;

/** A student's works at one task. */
export const myWorksDto = z.object({
  /** The newest first. */
  works: z.array(workDto),
  /** Another work may be handed in now. */
  mayHandIn: z.boolean(),
  /** What the next round begins with: the text that was returned. */
  startText: z.string(),
});
export type MyWorksDto = z.infer<typeof myWorksDto>;

export const handInResult = z.object({
  /** `not-now`: another tab was first, or the work was decided meanwhile; `mine` says how it stands. */
  outcome: z.enum(['handed-in', 'not-now']),
  mine: myWorksDto,
});
export type HandInResult = z.infer<typeof handInResult>;

export const keptUploadDto = z.object({ id: z.string(), name: z.string(), size: z.number().int(), mime: z.string() });
export const withdrawResult = z.discriminatedUnion('outcome', [
  /** The text and the files are the student's again. */
  z.object({ outcome: z.literal('withdrawn'), text: z.string(), uploads: z.array(keptUploadDto), mine: myWorksDto }),
  /** A teacher has begun, or has decided. */
  z.object({ outcome: z.literal('too-late'), mine: myWorksDto }),
]);
export type WithdrawResult = z.infer<typeof withdrawResult>;

// The teacher's side.

/** `exams`: waiting ones that were written in an exam. */
export const reviewFilters = ['waiting', 'mine', 'exams', 'returned', 'accepted'] as const;
export type ReviewFilter = (typeof reviewFilters)[number];
const cursor = z.strictObject({ at: z.iso.datetime().refine(isNearInstant, 'invalid'), id: z.uuid() });
export const listReviewsInput = z.strictObject({
  filter: z.enum(reviewFilters).default('waiting'),
  courseId: z.uuid().optional(),
  cursor: cursor.nullish(),
  /** Added by tRPC's infinite queries; a page leads one way only. */
  direction: z.literal('forward').optional(),
});
export type ListReviewsInput = z.infer<typeof listReviewsInput>;

const holderDto = z.object({ mine: z.boolean(), name: z.string(), until: z.string() });
export type HolderDto = z.infer<typeof holderDto>;

/** The exam that a work was written in: it can be accepted only, and its points stand in the result at once. */
const reviewExamDto = z.object({
  title: z.string(),
  attemptId: z.string(),
  /** 1, 2, … of this student at this exam. */
  attempt: z.int(),
});

export const reviewRowDto = z.object({
  id: z.string(),
  state: workStateSchema,
  student: z.string(),
  round: z.number().int(),
  handedInAt: z.string(),
  decidedAt: z.string().nullable(),
  points: z.number().int().nullable(),
  maxPoints: z.number().int(),
  taskTitle: z.string(),
  examNumber: z.number().int().nullable(),
  topicTitle: z.string(),
  courseTitle: z.string(),
  files: z.number().int(),
  exam: reviewExamDto.nullable(),
  /** Null: anybody may take it. */
  holder: holderDto.nullable(),
});
export type ReviewRowDto = z.infer<typeof reviewRowDto>;

export const reviewListDto = z.object({
  rows: z.array(reviewRowDto),
  next: cursor.nullable(),
  counts: z.object({ waiting: z.number().int(), mine: z.number().int(), exams: z.number().int() }),
  /** Courses with long tasks. */
  courses: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type ReviewListDto = z.infer<typeof reviewListDto>;

export const reviewCountDto = z.object({ waiting: z.number().int(), oldestAt: z.string().nullable() });

/** Places count UTF-16 units of the text. */
export const commentSchema = z.strictObject({
  start: z.number().int().min(0).max(workLimits.text),
  end: z.number().int().min(1).max(workLimits.text),
  body: text(workLimits.comment).refine((body) => body.trim() !== ''),
});
export type CommentDto = z.infer<typeof commentSchema>;

export const gradingSchema = z.strictObject({
  scores: scoresSchema,
  comments: z.array(commentSchema).max(workLimits.comments),
  remark: text(workLimits.remark),
});
export type Grading = z.infer<typeof gradingSchema>;

export const reviewDto = z.object({
  id: z.string(),
  round: z.number().int(),
  state: workStateSchema,
  handedInAt: z.string(),
  decidedAt: z.string().nullable(),
  /** Name of who decided. */
  decidedBy: z.string().nullable(),
  points: z.number().int().nullable(),
  seenAt: z.string().nullable(),
  student: z.object({ id: z.string(), firstName: z.string(), lastName: z.string() }),
  exam: reviewExamDto.nullable(),
  task: z.object({
    id: z.string(),
    title: z.string(),
    slug: z.string(),
    examNumber: z.number().int().nullable(),
    points: z.number().int(),
    statementHtml: z.string(),
    solutionHtml: z.string().nullable(),
    files: z.array(z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.number().int() })),
  }),
  topic: z.object({ title: z.string(), slug: z.string() }),
  course: z.object({ title: z.string(), slug: z.string() }),
  /** Empty when the task is of another kind by now: then the work can only be returned, and one of an exam waits. */
  criteria: z.array(z.object({ id: z.string(), html: z.string(), max: z.number().int() })),
  /** As typed. */
  text: z.string(),
  idPrefix: z.string(),
  /** Rendered; every piece carries its place in the text (`data-at`, `data-to`). */
  textHtml: z.string(),
  files: z.array(workFileDto),
  grading: gradingSchema,
  remarkHtml: z.string(),
  holder: holderDto.nullable(),
  /** Earlier works of the student at this task, the newest first. */
  rounds: z.array(workDto),
  /** Further works that were granted and not used yet. */
  extra: z.number().int(),
});
export type ReviewDto = z.infer<typeof reviewDto>;

/** Who holds it after the asking; `lost`: somebody else does, or it is no longer waiting. */
export const lockResult = z.object({ outcome: z.enum(['held', 'lost']), holder: holderDto.nullable(), state: workStateSchema });
export type LockResult = z.infer<typeof lockResult>;

export const saveGradingInput = z.strictObject({ workId: z.uuid(), grading: gradingSchema });
export const saveGradingResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), textHtml: z.string() }),
  z.object({ outcome: z.literal('lost'), holder: holderDto.nullable(), state: workStateSchema }),
]);
export type SaveGradingResult = z.infer<typeof saveGradingResult>;

export const decideInput = z.strictObject({ workId: z.uuid(), decision: z.enum(['accept', 'return']), grading: gradingSchema });
export type DecideInput = z.infer<typeof decideInput>;
export const decideResult = z.discriminatedUnion('outcome', [
  /** `nextId`: the work that waits longest now. */
  z.object({ outcome: z.literal('decided'), points: z.number().int().nullable(), nextId: z.string().nullable() }),
  z.object({ outcome: z.literal('lost'), holder: holderDto.nullable(), state: workStateSchema }),
]);
export type DecideResult = z.infer<typeof decideResult>;

export const extraInput = z.strictObject({ personId: z.uuid(), taskId: z.uuid() });
/** Works granted beside the first, used or not. */
export const extraDto = z.object({ count: z.number().int(), left: z.number().int() });
