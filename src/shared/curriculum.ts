import * as z from 'zod';
import { currencies, priceMinor } from './payments.ts';
import { studentHitDto } from './students.ts';
import { answerKinds } from './task-keys.ts';
import { normalizeName } from './values.ts';
import { isDay, isTime } from './wall-clock.ts';

/** What moderators do to subjects, courses, topics and tasks. */

export const titleLimit = 120;
export const summaryLimit = 300;

const line = (limit: number) =>
  z
    .string()
    .max(4 * limit, 'too-long')
    .transform((typed) => normalizeName(typed).toWellFormed())
    .pipe(z.string().min(1, 'required').max(limit, 'too-long'));
const title = line(titleLimit);
const id = z.uuid();
const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);
/** A line that may be left empty: null then. */
const note = (limit: number) =>
  z
    .string()
    .max(4 * limit, 'too-long')
    .transform((typed) => normalizeName(typed).toWellFormed() || null)
    .pipe(z.string().max(limit, 'too-long').nullable());
const day = z.string().refine(isDay, 'invalid');
const target = z.int('invalid').min(1, 'invalid').max(100, 'invalid');

export const itemInput = z.strictObject({ id });
export const renameInput = z.strictObject({ id, title });
/** To stand before another one of the same list; null: at its end. Never a number of a place: others may be moving things at the same time. */
export const moveInput = z.strictObject({ id, beforeId: id.nullable() });
/** Made twice under one id, it is there once. */
export const copyInput = z.strictObject({ id, newId: id });

export const programmeInput = z.strictObject({ course: slug });
export const createCourseInput = z.strictObject({ id, subjectId: id, title, target, summary: line(summaryLimit) });
export const updateCourseInput = z.strictObject({
  id,
  subjectId: id.optional(),
  title: title.optional(),
  target: target.optional(),
  summary: line(summaryLimit).optional(),
  schedule: note(titleLimit).optional(),
  chatAfter: z.int('invalid').min(0, 'invalid').max(20, 'invalid').optional(),
});
export const setPricesInput = z.strictObject({ id, once: priceMinor, month: priceMinor, currency: z.enum(currencies) });
export const newYearInput = z.strictObject({ id, newId: id, title, firstOn: day });

export const createTopicInput = z.strictObject({ id, courseId: id, title });
export const topicOpeningInput = z.strictObject({ id, on: day, time: z.string().refine(isTime, 'invalid') });

export const createTaskInput = z.strictObject({ id, topicId: id, title, kind: z.enum(answerKinds) });
export const moveTaskInput = z.strictObject({ id, topicId: id, beforeId: id.nullable() });

export const createSubjectInput = z.strictObject({
  id,
  title,
  about: line(200),
  maxPrimary: z.int('invalid').min(1, 'invalid').max(200, 'invalid'),
});
export const updateSubjectInput = createSubjectInput.partial({ title: true, about: true, maxPrimary: true });
/** All there was of a subject, its scales by year too: what takes its deletion back. */
export const deletedSubjectDto = z.strictObject({
  ...createSubjectInput.shape,
  slug,
  scales: z
    .array(z.strictObject({ year: z.int().min(2000).max(2200), points: z.array(z.int().min(0).max(1000)).max(200) }))
    .max(100)
    .refine((scales) => new Set(scales.map(({ year }) => year)).size === scales.length, 'invalid'),
});

const instant = z.string();
const subject = z.object({ id: z.string(), title: z.string() });

export const officeCourseDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  subject,
  target: z.int(),
  published: z.boolean(),
  topics: z.int(),
  /** Topics and tasks that students do not see yet. */
  drafts: z.int(),
  students: z.int(),
  deletedAt: instant.nullable(),
});
export type OfficeCourseDto = z.infer<typeof officeCourseDto>;

export const courseListDto = z.object({ courses: z.array(officeCourseDto), deleted: z.array(officeCourseDto) });
export type CourseListDto = z.infer<typeof courseListDto>;

export const officeTaskDto = z.object({
  id: z.string(),
  title: z.string(),
  /** As its text says; null where it does not say. */
  kind: z.enum(answerKinds).nullable(),
  published: z.boolean(),
  /** Its text was changed since it was published. */
  edited: z.boolean(),
});
export type OfficeTaskDto = z.infer<typeof officeTaskDto>;

export const officeTopicDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  opensAt: instant,
  published: z.boolean(),
  /** The theory was changed since it was published. */
  edited: z.boolean(),
  videos: z.int(),
  files: z.int(),
  /** Students it was opened to early. */
  openedFor: z.int(),
  tasks: z.array(officeTaskDto),
});
export type OfficeTopicDto = z.infer<typeof officeTopicDto>;

export const programmeDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  subject,
  target: z.int(),
  summary: z.string(),
  schedule: z.string().nullable(),
  chatAfter: z.int(),
  /** For good, and by the month; 0: not sold so, and neither is free. */
  priceMinor: z.int(),
  monthlyMinor: z.int(),
  currency: z.string(),
  /** Currencies that a provider takes now; empty: this school takes no payments, teachers grant the course. */
  takenCurrencies: z.array(z.string()),
  published: z.boolean(),
  /** The description was changed since it was published. */
  edited: z.boolean(),
  students: z.int(),
  /** The school's: every date of the programme is one of its clocks. */
  timeZone: z.string(),
  topics: z.array(officeTopicDto),
  /** The newest of what was deleted. */
  bin: z.array(
    z.object({
      kind: z.enum(['topic', 'task']),
      id: z.string(),
      title: z.string(),
      /** Of a task: its topic. */ topic: z.string().nullable(),
      deletedAt: instant,
    }),
  ),
});
export type ProgrammeDto = z.infer<typeof programmeDto>;

/** The list as it is now, and where the thing came from: what takes it back. */
export const movedDto = z.object({ order: z.array(z.string()), beforeId: z.string().nullable() });
export const movedTaskDto = movedDto.extend({ topicId: z.string() });

export const earlyDto = studentHitDto.extend({ openedAt: instant, /** Was there already, so that it stays open. */ visited: z.boolean() });
export type EarlyDto = z.infer<typeof earlyDto>;

export const officeSubjectDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  about: z.string(),
  maxPrimary: z.int(),
  /** Deleted ones too: they can be put back. */
  courses: z.int(),
  /** The newest one, and how many primary points it knows; null: none. */
  scale: z.object({ year: z.int(), points: z.int() }).nullable(),
});
export type OfficeSubjectDto = z.infer<typeof officeSubjectDto>;

/** What an administrator set up. Read only. */
export const schoolFactsDto = z.object({
  timeZone: z.string(),
  /** `folder`: letters are kept for reading on this machine and really go nowhere. */
  mail: z.enum(['folder', 'smtp']),
  storage: z.enum(['disk', 's3']),
});

/** Everything but «published» has to be seen to in the editor of the task. */
export const publishTaskResult = z.object({ outcome: z.enum(['published', 'problems', 'conflict', 'key-changed']) });
