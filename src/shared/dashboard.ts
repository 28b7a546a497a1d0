import * as z from 'zod';

const count = z.number().int();

/** Days of the chart of registrations. */
export const chartDays = 30;

/** A text or a thing that students do not see as it stands in the office. */
export const unfinishedDto = z.object({
  kind: z.enum(['course', 'topic', 'task', 'theory', 'description']),
  id: z.string(),
  title: z.string(),
  courseSlug: z.string(),
  courseTitle: z.string(),
  /** `draft`: students do not see it at all; `edited`: they see it without the last edits. */
  state: z.enum(['draft', 'edited']),
  /** When somebody wrote at it last, and who (null: not a person, or gone). */
  editedAt: z.string().nullable(),
  editedBy: z.string().nullable(),
});
export type UnfinishedDto = z.infer<typeof unfinishedDto>;

export const openingDto = z.object({
  id: z.string(),
  title: z.string(),
  courseSlug: z.string(),
  courseTitle: z.string(),
  opensAt: z.string(),
  /** Students will not see it though its time comes. */
  draft: z.boolean(),
  /** Published ones. */
  tasks: count,
  taskDrafts: count,
  theory: z.boolean(),
});
export type OpeningDto = z.infer<typeof openingDto>;

export const hardTaskDto = z.object({
  id: z.string(),
  title: z.string(),
  topicTitle: z.string(),
  courseTitle: z.string(),
  /** Students who tried within the last thirty days, and those of them who have not solved it. */
  tried: count,
  unsolved: count,
});
export type HardTaskDto = z.infer<typeof hardTaskDto>;

export const dashboardDto = z.object({
  /** When the numbers were counted: up to a minute ago. */
  countedAt: z.string(),
  registrations: z.object({
    /** Every one of the last thirty days by the school's calendar, the oldest first. */
    days: z.array(z.object({ on: z.string(), count })),
    today: count,
    week: count,
    month: count,
    /** All students there are. */
    total: count,
  }),
  /** Students who answered within the last 24 hours, 7 and 30 days. */
  active: z.object({ day: count, week: count, month: count }),
  hardest: z.array(hardTaskDto),
  reviews: z.object({ waiting: count, oldestAt: z.string().nullable() }),
  unfinished: z.object({ items: z.array(unfinishedDto), total: count }),
  openings: z.array(openingDto),
});
export type DashboardDto = z.infer<typeof dashboardDto>;
