import * as z from 'zod';
import { countDto } from './courses.ts';

export const streakDto = z.object({
  /** Days in a row up to today or yesterday, in the student's zone. */
  now: z.number().int(),
  best: z.number().int(),
  todayCounted: z.boolean(),
  /** The current week, Monday first. */
  week: z.array(z.object({ on: z.string(), counted: z.boolean(), today: z.boolean(), future: z.boolean() })),
});
export type StreakDto = z.infer<typeof streakDto>;

export const lastSolvedDto = z.object({
  courseSlug: z.string(),
  topicSlug: z.string(),
  topicTitle: z.string(),
  taskSlug: z.string(),
  taskNumber: z.number().int(),
  taskTitle: z.string(),
  at: z.string(),
});

export const courseProgressDto = z.object({
  slug: z.string(),
  title: z.string(),
  topics: countDto,
  tasks: countDto,
  firstTry: countDto.nullable(),
  nextOpensAt: z.string().nullable(),
});
export type CourseProgressDto = z.infer<typeof courseProgressDto>;

/** The profile's numbers: over all courses the student takes, and for each. */
export const progressDto = z.object({
  topics: countDto,
  tasks: countDto,
  firstTry: countDto.nullable(),
  streak: streakDto,
  lastSolved: lastSolvedDto.nullable(),
  courses: z.array(courseProgressDto),
});
export type ProgressDto = z.infer<typeof progressDto>;

/** A student's home. */
export const homeDto = z.object({
  now: z.string(),
  /** The very task to go back to; null before the first course. */
  continueAt: z
    .object({
      courseSlug: z.string(),
      courseTitle: z.string(),
      topicSlug: z.string(),
      topicTitle: z.string(),
      topicNumber: z.number().int(),
      courseTopics: z.number().int(),
      tasks: countDto,
      /** The first task that is not solved; null when all are. */
      task: z.object({ slug: z.string(), number: z.number().int() }).nullable(),
    })
    .nullable(),
  courses: z.array(courseProgressDto),
  streak: streakDto,
  /** The next openings in the student's courses, at most 4. */
  upcoming: z.array(
    z.object({ courseSlug: z.string(), courseTitle: z.string(), topicSlug: z.string(), topicTitle: z.string(), opensAt: z.string() }),
  ),
});
export type HomeDto = z.infer<typeof homeDto>;
