/** Exams: what the brief calls tests. A set of tasks done in one go, by the server's clock. */
import * as z from 'zod';
import { answerValueSchema } from './answers/format.ts';
import { isNearInstant, storableText } from './storable.ts';
import { answerFormatDto } from './tasks.ts';
import { normalizeName } from './values.ts';
import { workLimits } from './work-limits.ts';

export const examLimits = {
  title: 120,
  about: 5000,
  tasks: 120,
  /** A week: longer is no exam, and shorter than a minute nobody can answer. */
  minutes: { min: 1, max: 10_080 },
  attempts: { min: 1, max: 100 },
  extraMinutes: 1440,
  extraAttempts: 20,
  /** Changes of answers in one request: a whole exam typed without a connection. */
  changes: 120,
} as const;

/** A connection takes its time: what arrives so soon after the deadline was sent before it. The pages stop at the deadline itself. */
export const graceMs = 5000;

const id = z.uuid();
const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);
const instant = z.string();

/** What stands at a task: an answer as anywhere, or the text of a long one, which is longer. */
export const examValueSchema = z.union([
  answerValueSchema,
  z
    .string()
    .max(workLimits.text)
    .refine((text) => !text.includes('\0') && text.isWellFormed()),
]);

export const courseExamsInput = z.strictObject({ course: slug });
export const examInput = z.strictObject({ course: slug, exam: slug });
export const attemptInput = z.strictObject({ attemptId: id });
/** Begun twice under one id, it is there once. */
export const startInput = z.strictObject({ examId: id, attemptId: id });

/** Points of an attempt, or of the best one. */
export const examScoreDto = z.object({
  points: z.int(),
  maxPoints: z.int(),
  /** Test score by the scale of `scaleYear`; null where the exam names no scale, or its points are not those of the scale. */
  score: z.int().nullable(),
  scaleYear: z.int().nullable(),
  /** Long answers that a teacher has not graded yet: their points are not counted. */
  waiting: z.int(),
});
export type ExamScoreDto = z.infer<typeof examScoreDto>;

export const examRowDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  tasks: z.int(),
  maxPoints: z.int(),
  /** This student's own: extra minutes are in it. */
  limitMinutes: z.int().nullable(),
  opensAt: instant.nullable(),
  /** This student's own as well: the window stays open for their extra minutes. */
  closesAt: instant.nullable(),
  /** `soon`: not yet; `open`: may be begun or goes on; `closed`: the time is over; `used`: no attempt is left. */
  state: z.enum(['soon', 'open', 'closed', 'used']),
  attempts: z.object({ used: z.int(), /** Null: without limit. */ allowed: z.int().nullable() }),
  /** The attempt that is running now. */
  running: z.object({ id: z.string(), deadlineAt: instant.nullable() }).nullable(),
  best: examScoreDto.nullable(),
});
export type ExamRowDto = z.infer<typeof examRowDto>;

export const courseExamsDto = z.object({ now: instant, exams: z.array(examRowDto) });
export type CourseExamsDto = z.infer<typeof courseExamsDto>;

export const attemptRowDto = z.object({
  id: z.string(),
  number: z.int(),
  startedAt: instant,
  /** Null: it is running. */
  finishedAt: instant.nullable(),
  finishedBy: z.enum(['student', 'time', 'moderator']).nullable(),
  score: examScoreDto.nullable(),
  /** Right answers and solutions may be seen. */
  released: z.boolean(),
});
export type AttemptRowDto = z.infer<typeof attemptRowDto>;

/** The page before the start. No task is in it. */
export const examDto = examRowDto.extend({
  now: instant,
  course: z.object({ slug: z.string(), title: z.string() }),
  aboutHtml: z.string(),
  review: z.enum(['finish', 'closing']),
  /** Of the scale that gives the test score; null where the exam names none, or its points are not those of the scale. */
  scaleYear: z.int().nullable(),
  shuffled: z.boolean(),
  /** Newest first. */
  history: z.array(attemptRowDto),
});
export type ExamDto = z.infer<typeof examDto>;

/** What stands at a task now. `rev` 0: nobody has touched it. */
export const examAnswerDto = z.object({
  taskId: z.string(),
  rev: z.int(),
  value: examValueSchema.nullable(),
  flagged: z.boolean(),
  seen: z.boolean(),
  /** Photos and files that lie with a long answer (src/shared/exam-works.ts): with one of them it is answered, though no text stands there. */
  files: z.int().optional(),
});
export type ExamAnswerDto = z.infer<typeof examAnswerDto>;

export const examFileDto = z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.int() });

export const examTaskDto = z.object({
  id: z.string(),
  /** Place in this attempt: 1, 2, … */
  number: z.int(),
  examNumber: z.int().nullable(),
  points: z.int(),
  statementHtml: z.string(),
  format: answerFormatDto,
  files: z.array(examFileDto),
});
export type ExamTaskDto = z.infer<typeof examTaskDto>;

/** A running attempt, whole: the page needs no connection from here on but to save. */
export const runningAttemptDto = z.object({
  state: z.literal('running'),
  id: z.string(),
  now: instant,
  startedAt: instant,
  deadlineAt: instant.nullable(),
  number: z.int(),
  attemptsAllowed: z.int().nullable(),
  limitMinutes: z.int().nullable(),
  exam: z.object({ slug: z.string(), title: z.string(), courseSlug: z.string(), courseTitle: z.string() }),
  rev: z.int(),
  tasks: z.array(examTaskDto),
  answers: z.array(examAnswerDto),
  /** All files of all tasks in one archive; null where there are none. */
  zip: z.object({ url: z.string(), size: z.int() }).nullable(),
});
export type RunningAttemptDto = z.infer<typeof runningAttemptDto>;

/** One task of an attempt that is over. */
export const reviewedAnswerDto = examTaskDto.extend({
  given: examValueSchema.nullable(),
  /** As we understood it. */
  understood: z.string().nullable(),
  /** Null: a long answer that waits for its teacher. */
  verdict: z.enum(['right', 'partly', 'wrong', 'none']).nullable(),
  earned: z.int().nullable(),
  /** The right answer in the shape a student gives one; null for a long one. */
  right: answerValueSchema.nullable(),
  solutionHtml: z.string().nullable(),
  /** The long answer as it was handed in: `exams.long.work` has the rest, `<ExamWork workId />` shows it. */
  workId: z.string().nullable(),
  /** Where the task stands in the course, if the student may open it. */
  practice: z.object({ courseSlug: z.string(), topicSlug: z.string(), taskSlug: z.string() }).nullable(),
});
export type ReviewedAnswerDto = z.infer<typeof reviewedAnswerDto>;

export const finishedAttemptDto = z.object({
  state: z.literal('finished'),
  id: z.string(),
  now: instant,
  number: z.int(),
  startedAt: instant,
  finishedAt: instant,
  finishedBy: z.enum(['student', 'time', 'moderator']),
  exam: z.object({ slug: z.string(), title: z.string(), courseSlug: z.string(), courseTitle: z.string() }),
  score: examScoreDto,
  /** Score to reach, and the primary points it takes; null without a scale. */
  target: z.object({ score: z.int(), primary: z.int() }).nullable(),
  answered: z.int(),
  tasks: z.int(),
  /** Null until the review is open. */
  answers: z.array(reviewedAnswerDto).nullable(),
  /** When it opens, where that is known and has not come. */
  reviewAt: instant.nullable(),
  /** Whose it is, for a moderator who looks. */
  student: z.object({ id: z.string(), firstName: z.string(), lastName: z.string() }).nullable(),
});
export type FinishedAttemptDto = z.infer<typeof finishedAttemptDto>;

export const attemptDto = z.discriminatedUnion('state', [runningAttemptDto, finishedAttemptDto]);
export type ExamAttemptDto = z.infer<typeof attemptDto>;

/** The attempt that is running now, for pages other than its own (`exams.running`); null: none. */
export const runningExamDto = z
  .object({
    id: z.string(),
    now: instant,
    deadlineAt: instant.nullable(),
    exam: z.object({ slug: z.string(), title: z.string(), courseSlug: z.string(), courseTitle: z.string() }),
  })
  .nullable();
export type RunningExamDto = z.infer<typeof runningExamDto>;

/**
 * What changed in the browser, and what the browser has not seen yet, in one request. A change is made on what stood there at `baseRev`; where
 * somebody else (another tab, another device) changed the answer meanwhile, nothing is overwritten.
 */
export const syncInput = z.strictObject({
  attemptId: id,
  /** The attempt's `rev` that the browser knows. */
  since: z.int().min(0).max(2_147_483_647),
  changes: z
    .array(
      z.strictObject({
        taskId: id,
        baseRev: z.int().min(0),
        /** Null: the answer was taken away; left out: unchanged. */
        value: examValueSchema.nullable().optional(),
        flagged: z.boolean().optional(),
        seen: z.literal(true).optional(),
      }),
    )
    .max(examLimits.changes)
    .refine((changes) => new Set(changes.map(({ taskId }) => taskId)).size === changes.length),
});
export type SyncInput = z.infer<typeof syncInput>;

export const syncResult = z.object({
  now: instant,
  /** False: the attempt is over, and none of these changes was taken. */
  running: z.boolean(),
  deadlineAt: instant.nullable(),
  rev: z.int(),
  /** Of each change. `conflict`: another value stands there (see `changed`), this one was not taken. `unknown`: the attempt has no such task. */
  outcomes: z.array(z.object({ taskId: z.string(), outcome: z.enum(['saved', 'conflict', 'over', 'unknown']) })),
  /** Every answer that is newer than `since`, the own changes among them. */
  changed: z.array(examAnswerDto),
});
export type SyncResult = z.infer<typeof syncResult>;

// The office.

const title = z
  .string()
  .max(4 * examLimits.title, 'too-long')
  .transform((typed) => normalizeName(typed).toWellFormed())
  .pipe(z.string().min(1, 'required').max(examLimits.title, 'too-long'));
const instantInput = z.iso.datetime({ offset: true }).refine(isNearInstant, 'invalid');

export const examIdInput = z.strictObject({ id });
export const createExamInput = z.strictObject({ id, courseId: id, title });
export const updateExamInput = z.strictObject({
  id,
  title: title.optional(),
  about: z.string().max(examLimits.about, 'too-long').transform(storableText).optional(),
  limitMinutes: z.int('invalid').min(examLimits.minutes.min, 'invalid').max(examLimits.minutes.max, 'invalid').nullable().optional(),
  opensAt: instantInput.nullable().optional(),
  closesAt: instantInput.nullable().optional(),
  attempts: z.int('invalid').min(examLimits.attempts.min, 'invalid').max(examLimits.attempts.max, 'invalid').nullable().optional(),
  shuffled: z.boolean().optional(),
  review: z.enum(['finish', 'closing']).optional(),
  scaleYear: z.int().min(2000).max(2200).nullable().optional(),
});
/** All tasks in their order. What is running keeps those it began with. */
export const setExamTasksInput = z.strictObject({
  id,
  taskIds: z
    .array(id)
    .max(examLimits.tasks)
    .refine((ids) => new Set(ids).size === ids.length),
});
export const copyExamInput = z.strictObject({ id, newId: id });
export const moveExamInput = z.strictObject({ id, beforeId: id.nullable() });
export const examExtraInput = z.strictObject({
  examId: id,
  personId: id,
  minutes: z.int('invalid').min(0, 'invalid').max(examLimits.extraMinutes, 'invalid'),
  attempts: z.int('invalid').min(0, 'invalid').max(examLimits.extraAttempts, 'invalid'),
});

// Scales.

export const scaleLimits = { years: { min: 2000, max: 2200 }, points: 200 } as const;
const scalePoints = z.array(z.int('invalid').min(0, 'invalid').max(100, 'invalid')).min(1).max(scaleLimits.points);
export const scaleInput = z.strictObject({
  subjectId: id,
  year: z.int('invalid').min(scaleLimits.years.min, 'invalid').max(scaleLimits.years.max, 'invalid'),
});
/** Takes a removal back. `points`: test scores of 1, 2, … primary points. */
export const restoreScaleInput = scaleInput.extend({ points: scalePoints });
export const saveScaleInput = restoreScaleInput.extend({
  /** Primary points of the exam of that year, which need not be those of the subject now. */
  maxPrimary: z.int('invalid').min(1, 'invalid').max(scaleLimits.points, 'invalid'),
  /** The table that was edited; null: there was none. Where another one stands by now, nothing is overwritten. */
  former: z.array(z.int()).max(scaleLimits.points).nullable(),
});
