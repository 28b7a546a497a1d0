/** A student's statistics beyond the counts of progress.ts. One definition for the page, the office, the bot and the tables. */
import * as z from 'zod';
import { countDto } from './courses.ts';

export const statisticsInput = z.strictObject({
  /** Slug of a course the student takes; null: all of them. */
  course: z
    .string()
    .max(60)
    .regex(/^[a-z0-9-]+$/)
    .nullable(),
});
export const statisticsOfInput = statisticsInput.extend({ personId: z.uuid() });

const day = z.string();

/** Over all courses, whichever is asked for: its days are those of the streak. */
export const activityDto = z.object({
  /** The student's own today: the last day of the year shown. */
  today: day,
  /** The first day shown, a Monday. */
  from: day,
  /** Days of the year with solved tasks; all others are empty. */
  days: z.array(z.object({ on: day, solved: z.int() })),
  solved: z.int(),
});
export type ActivityDto = z.infer<typeof activityDto>;

export const weekDto = z.object({ /** Monday. */ from: day, solved: z.int(), current: z.boolean() });
export type WeekDto = z.infer<typeof weekDto>;

export const topicAccuracyDto = z.object({
  courseSlug: z.string(),
  courseTitle: z.string(),
  topicSlug: z.string(),
  title: z.string(),
  /** Answers that were right at the first try, of tasks that were tried. */
  firstTry: countDto,
});
export type TopicAccuracyDto = z.infer<typeof topicAccuracyDto>;

/**
 * What the exam would bring by the answers of the last `forecastRule.days` days. Each number of the exam counts as often as it was answered right at
 * the first try; numbers that were never tried count as not solved. `low` and `high` hold the true result in four cases of five.
 */
export const forecastDto = z.object({
  courseSlug: z.string(),
  courseTitle: z.string(),
  year: z.int(),
  maxPrimary: z.int(),
  target: z.int(),
  /** Primary points that the target takes; null where the scale does not reach it. */
  targetPrimary: z.int().nullable(),
  /** 60 and 80, which students speak of, and the target where it is another, ascending: what each takes. */
  marks: z.array(z.object({ score: z.int(), /** Null where the scale does not reach it. */ primary: z.int().nullable() })),
  /** Null: too few answers yet. */
  now: z
    .object({
      primary: z.int(),
      score: z.int(),
      low: z.object({ primary: z.int(), score: z.int() }),
      high: z.object({ primary: z.int(), score: z.int() }),
    })
    .nullable(),
  /** What it is made from. */
  basis: z.object({ answers: z.int(), numbers: z.int(), /** Numbers the exam has by the tasks of the course. */ ofNumbers: z.int() }),
});
export type ForecastDto = z.infer<typeof forecastDto>;

export const statisticsDto = z.object({
  activity: activityDto,
  /** The last twelve weeks, oldest first. */
  weeks: z.array(weekDto),
  topics: z.array(topicAccuracyDto),
  /** One a course that has a scale. */
  forecasts: z.array(forecastDto),
});
export type StatisticsDto = z.infer<typeof statisticsDto>;

// A group: the students of a course.

export const groupPageSize = 50;
export const groupSorts = ['name', 'active'] as const;
/** `week`: answered something within seven days; `idle`: did not, or never has. */
export const groupActivities = ['all', 'week', 'idle'] as const;

/** Which students of a course, and in which order: of the table and of its file. */
export const groupFilterInput = z.strictObject({
  course: z
    .string()
    .max(60)
    .regex(/^[a-z0-9-]+$/),
  /** By name from А, by the last answer from the newest. */
  sort: z.enum(groupSorts).default('name'),
  /** Words of names, parts of an address, digits of a phone, as in the list of students. */
  q: z.string().max(100, 'too-long').default(''),
  active: z.enum(groupActivities).default('all'),
});

export const groupInput = groupFilterInput.extend({
  /** Where the page before ended; made by the server. Holds a first and a last name. */
  cursor: z.string().max(1000).nullish(),
  direction: z.enum(['forward', 'backward']).optional(),
});
export type GroupInput = z.infer<typeof groupInput>;

export type GroupFilter = z.output<typeof groupFilterInput>;

export const groupDto = z.object({
  course: z.object({ title: z.string() }),
  topics: z.array(z.object({ slug: z.string(), title: z.string(), number: z.int(), tasks: z.int(), open: z.boolean() })),
  students: z.array(
    z.object({
      id: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      /** The last answer that was counted, in whichever course. */
      lastActiveAt: z.string().nullable(),
      blocked: z.boolean(),
      /** In the order of `topics`. */
      topics: z.array(z.object({ solved: z.int(), tried: z.int(), firstTry: z.int() })),
      tasks: countDto,
    }),
  ),
  /** With the first page only. `more`: there are more than `count`. */
  total: z.object({ count: z.int(), more: z.boolean() }).nullable(),
  nextCursor: z.string().nullable(),
  /** Nobody was found by the very letters; these are like them. */
  similar: z.boolean(),
});
export type GroupDto = z.infer<typeof groupDto>;

/** Of fewer students a share says nothing. */
export const hardestLeastTried = 5;
export const hardestInput = groupFilterInput.pick({ course: true });

/** The hardest tasks of a course. */
export const hardestDto = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    topicTitle: z.string(),
    examNumber: z.int().nullable(),
    /** Students. */
    tried: z.int(),
    solved: z.int(),
    firstTry: z.int(),
    /** Wrong answers a student, on average. */
    wrong: z.number(),
  }),
);
export type HardestDto = z.infer<typeof hardestDto>;
