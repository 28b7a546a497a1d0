/** Exams in the office: what moderators are shown of them, and what they ask for beside the inputs in exams.ts. */
import * as z from 'zod';
import { examScoreDto, finishedAttemptDto, setExamTasksInput, updateExamInput } from './exams.ts';
import { searchInput } from './search.ts';
import { answerKinds } from './task-keys.ts';

export const candidatePageSize = 50;
export const resultPageSize = 50;
/** Of one exam in its list of extras, of one student on their page. */
export const examExtrasShown = 500;
export const studentAttemptsShown = 50;

const id = z.uuid();
const instant = z.string();
/** tRPC sends along which way its pages grow: always forward here. */
const direction = z.literal('forward').optional();
const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);

export const officeExamsInput = z.strictObject({ course: slug });

/** `soon`: before its window; `closed`: behind it. */
export const examStates = ['draft', 'soon', 'open', 'closed'] as const;
export type ExamState = (typeof examStates)[number];

/** Why students could not be given the exam as it is. */
export const examProblems = ['no-tasks', 'window', 'draft-tasks'] as const;
export type ExamProblem = (typeof examProblems)[number];

export const officeExamRowDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  state: z.enum(examStates),
  problem: z.enum(examProblems).nullable(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  limitMinutes: z.int().nullable(),
  tasks: z.int(),
  maxPoints: z.int(),
  /** Attempts of students. */
  running: z.int(),
  finished: z.int(),
  /** Long answers of its attempts that no teacher has graded yet. */
  waiting: z.int(),
});
export type OfficeExamRowDto = z.infer<typeof officeExamRowDto>;

export const officeExamsDto = z.object({
  timeZone: z.string(),
  exams: z.array(officeExamRowDto),
  /** Newest first. */
  deleted: z.array(z.object({ id: z.string(), title: z.string(), deletedAt: instant })),
});
export type OfficeExamsDto = z.infer<typeof officeExamsDto>;

/** A task as the one who puts an exam together has to know it. */
export const officeExamTaskDto = z.object({
  id: z.string(),
  title: z.string(),
  topic: z.object({ id: z.string(), title: z.string(), /** `locked`: not open yet. */ state: z.enum(['draft', 'locked', 'open']) }),
  /** Null: of an exam whose task was taken from the students or deleted meanwhile. */
  state: z.enum(['published', 'draft', 'deleted']),
  kind: z.enum(answerKinds).nullable(),
  examNumber: z.int().nullable(),
  points: z.int(),
  /** Students can answer it in its topic now. */
  practised: z.boolean(),
  /** Other exams that have it. */
  exams: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type OfficeExamTaskDto = z.infer<typeof officeExamTaskDto>;

export const officeExamDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  about: z.string(),
  aboutHtml: z.string(),
  limitMinutes: z.int().nullable(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  attempts: z.int().nullable(),
  shuffled: z.boolean(),
  review: z.enum(['finish', 'closing']),
  scaleYear: z.int().nullable(),
  state: z.enum(examStates),
  problem: z.enum(examProblems).nullable(),
  timeZone: z.string(),
  course: z.object({ id: z.string(), slug: z.string(), title: z.string(), published: z.boolean() }),
  subject: z.string(),
  /** Newest first; `points` is how many primary points the scale knows. */
  scales: z.array(z.object({ year: z.int(), points: z.int() })),
  tasks: z.array(officeExamTaskDto),
  maxPoints: z.int(),
  running: z.int(),
  finished: z.int(),
});
export type OfficeExamDto = z.infer<typeof officeExamDto>;

/** A window that ends sooner cuts attempts that are running: `cut` says that this is known. */
export const updateOfficeExamInput = updateExamInput.extend({ cut: z.literal(true).optional() });
export type UpdateOfficeExamInput = z.infer<typeof updateOfficeExamInput>;
export const updateExamResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved') }),
  /** Nothing was changed: so many attempts would lose time, and that wants a tick. */
  z.object({ outcome: z.literal('cuts'), attempts: z.int() }),
]);
export type UpdateExamResult = z.infer<typeof updateExamResult>;

/** `base`: the tasks that the editor saw. */
export const setOfficeExamTasksInput = setExamTasksInput.extend({ base: z.array(id).max(1000) });
export const setExamTasksResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved') }),
  /** Somebody else changed the tasks meanwhile; nothing was overwritten. */
  z.object({ outcome: z.literal('conflict') }),
]);
export type SetExamTasksResult = z.infer<typeof setExamTasksResult>;

export const candidatesInput = z.strictObject({
  examId: id,
  q: searchInput(200).optional(),
  topicId: id.nullable().optional(),
  number: z.int().min(1).max(1000).nullable().optional(),
  /** Only tasks that are in no exam. */
  free: z.boolean().optional(),
  /** How many are read already. */
  cursor: z.int().min(0).max(1_000_000).nullish(),
  direction,
});
export type CandidatesInput = z.infer<typeof candidatesInput>;
export const candidatesDto = z.object({
  rows: z.array(officeExamTaskDto),
  nextCursor: z.int().nullable(),
  /** What can be filtered by; only with the first page. */
  filters: z
    .object({
      topics: z.array(z.object({ id: z.string(), title: z.string(), tasks: z.int() })),
      numbers: z.array(z.int()),
    })
    .nullable(),
});
export type CandidatesDto = z.infer<typeof candidatesDto>;

/** One task for each exam number, at random; `number` alone: another one than `not` for it. */
export const pickByNumbersInput = z.strictObject({ examId: id, number: z.int().min(1).max(1000).optional(), not: id.optional() });
export const numberPickDto = z.object({
  number: z.int(),
  /** Null: the course has no published task with this number. */
  task: officeExamTaskDto.nullable(),
  /** How many tasks of the course have this number. */
  choices: z.int(),
});
export type NumberPickDto = z.infer<typeof numberPickDto>;

// Results.

export const attemptStates = ['running', 'finished'] as const;
export const examResultsInput = z.strictObject({
  id,
  q: searchInput(200).optional(),
  state: z.enum(attemptStates).nullable().optional(),
  cursor: z.string().max(200).nullish(),
  direction,
});
export type ExamResultsInput = z.infer<typeof examResultsInput>;

const person = z.object({ id: z.string(), firstName: z.string(), lastName: z.string(), email: z.string() });

export const examResultRowDto = z.object({
  attemptId: z.string(),
  person,
  number: z.int(),
  startedAt: instant,
  deadlineAt: instant.nullable(),
  /** Null: it is running. */
  finishedAt: instant.nullable(),
  finishedBy: z.enum(['student', 'time', 'moderator']).nullable(),
  answered: z.int(),
  tasks: z.int(),
  /** Null while it is running. */
  score: examScoreDto.nullable(),
  extra: z.object({ minutes: z.int(), attempts: z.int() }),
});
export type ExamResultRowDto = z.infer<typeof examResultRowDto>;

export const examResultsDto = z.object({
  rows: z.array(examResultRowDto),
  nextCursor: z.string().nullable(),
  /** Of all attempts at this exam, whatever the filter; only with the first page. */
  totals: z
    .object({
      students: z.int(),
      running: z.int(),
      finished: z.int(),
      waiting: z.int(),
      /** Mean of the best attempts, in primary points; null before the first is over. */
      mean: z.number().nullable(),
    })
    .nullable(),
});
export type ExamResultsDto = z.infer<typeof examResultsDto>;

export const examExtraDto = z.object({ person, minutes: z.int(), attempts: z.int() });
export type ExamExtraDto = z.infer<typeof examExtraDto>;

/** A running attempt as a moderator sees it: how far it is, and nothing of what stands in it. */
export const runningForOfficeDto = z.object({
  state: z.literal('running'),
  id: z.string(),
  number: z.int(),
  startedAt: instant,
  deadlineAt: instant.nullable(),
  answered: z.int(),
  tasks: z.int(),
  student: person,
  exam: z.object({ id: z.string(), title: z.string(), courseSlug: z.string(), courseTitle: z.string() }),
});
export type RunningForOfficeDto = z.infer<typeof runningForOfficeDto>;
export const officeAttemptDto = z.discriminatedUnion('state', [
  runningForOfficeDto,
  z.object({
    state: z.literal('finished'),
    attempt: finishedAttemptDto,
    student: person,
    exam: runningForOfficeDto.shape.exam,
  }),
]);
export type OfficeAttemptDto = z.infer<typeof officeAttemptDto>;

export const studentAttemptDto = z.object({
  attemptId: z.string(),
  exam: z.object({ id: z.string(), title: z.string() }),
  courseTitle: z.string(),
  number: z.int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  score: examScoreDto.nullable(),
});
export type StudentAttemptDto = z.infer<typeof studentAttemptDto>;
