import * as z from 'zod';
import { isNearInstant } from './storable.ts';
import { taskDto } from './tasks.ts';

const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);

export const courseInput = z.strictObject({ course: slug });
export const topicInput = z.strictObject({ course: slug, topic: slug });

/** Number of done things with its whole. `done` never exceeds `total`: both are counted from the same published things. */
export const countDto = z.object({ done: z.number().int(), total: z.number().int() });
export type CountDto = z.infer<typeof countDto>;

export const courseCardDto = z.object({
  slug: z.string(),
  title: z.string(),
  target: z.number().int(),
  /** Primary points that the target takes on the subject's scale of `scaleYear`; null where no scale is known. */
  targetPrimary: z.number().int().nullable(),
  summary: z.string(),
  topics: z.number().int(),
  firstOpensAt: z.string().nullable(),
  /** For good, and by the month; 0: not sold so, and neither is free. */
  priceMinor: z.number().int(),
  monthlyMinor: z.number().int(),
  currency: z.string(),
});
export type CourseCardDto = z.infer<typeof courseCardDto>;

export const subjectDto = z.object({
  slug: z.string(),
  title: z.string(),
  about: z.string(),
  maxPrimary: z.number().int(),
  courses: z.array(courseCardDto),
});
export type SubjectDto = z.infer<typeof subjectDto>;

export const topicRowDto = z.object({
  slug: z.string(),
  title: z.string(),
  /** 1, 2, … */
  number: z.number().int(),
  opensAt: z.string(),
  /** Open for this very person (or, for a guest, by its date alone). */
  open: z.boolean(),
  /** Opened within the last 7 days. */
  fresh: z.boolean(),
  tasks: countDto,
});
export type TopicRowDto = z.infer<typeof topicRowDto>;

export const courseDto = z.object({
  slug: z.string(),
  title: z.string(),
  subject: z.object({ slug: z.string(), title: z.string(), maxPrimary: z.number().int() }),
  target: z.number().int(),
  targetPrimary: z.number().int().nullable(),
  summary: z.string(),
  descriptionHtml: z.string(),
  schedule: z.string().nullable(),
  priceMinor: z.number().int(),
  monthlyMinor: z.number().int(),
  currency: z.string(),
  /** It can be paid for on the site now. */
  forSale: z.boolean(),
  /** Instant of the answer by the server's clock: countdowns run from it. */
  now: z.string(),
  topics: z.array(topicRowDto),
  /** Null for a guest. */
  mine: z
    .object({
      enrolled: z.boolean(),
      /** May topics of this course be opened (free, granted, or the person is a moderator)? */
      allowed: z.boolean(),
      topics: countDto,
      tasks: countDto,
      openTopics: z.number().int(),
      /** Solved at the first attempt, of solved or tried; null before the first attempt. */
      firstTry: countDto.nullable(),
      /** Slug of the topic to go on with. */
      continueTopic: z.string().nullable(),
    })
    .nullable(),
});
export type CourseDto = z.infer<typeof courseDto>;

const video = { id: z.string(), title: z.string(), minutes: z.number().int().nullable() };

/** A video at one of the video hosts. */
export const embedVideoDto = z.object({
  kind: z.literal('embed'),
  ...video,
  /** Address of the player's frame; loaded only after a click. */
  embedUrl: z.string(),
  /** Address of the page at the video host. */
  url: z.string(),
  host: z.enum(['youtube', 'rutube', 'vk']),
});
export type EmbedVideoDto = z.infer<typeof embedVideoDto>;

/** A file of the topic. */
export const ownVideoDto = z.object({
  kind: z.literal('own'),
  ...video,
  fileId: z.string(),
  /** Short-lived: read anew when it has expired. */
  url: z.string(),
  mime: z.string(),
  /** Where this person stopped, in seconds; 0: not begun, or watched to the end. */
  position: z.number().int(),
});
export type OwnVideoDto = z.infer<typeof ownVideoDto>;

export const videoDto = z.discriminatedUnion('kind', [embedVideoDto, ownVideoDto]);
export type VideoDto = z.infer<typeof videoDto>;

/** `at` is the instant at which it was watched: saves may arrive late and out of order. */
export const saveVideoPositionInput = z.strictObject({
  fileId: z.uuid(),
  seconds: z.number().int().min(0).max(360_000),
  at: z.iso.datetime().refine(isNearInstant, 'invalid'),
});
export type SaveVideoPositionInput = z.infer<typeof saveVideoPositionInput>;

export const fileDto = z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.number().int() });
export type FileDto = z.infer<typeof fileDto>;

export const topicDto = z.object({
  slug: z.string(),
  title: z.string(),
  number: z.number().int(),
  course: z.object({ slug: z.string(), title: z.string(), topics: z.number().int() }),
  opensAt: z.string(),
  /** Rendered on the server: sanitised HTML. */
  theoryHtml: z.string(),
  /** `##` headings of the theory, in order; `id` is the anchor inside theoryHtml. */
  headings: z.array(z.object({ id: z.string(), text: z.string() })),
  readingMinutes: z.number().int(),
  videos: z.array(videoDto),
  files: z.array(fileDto),
  tasks: z.array(taskDto),
  previous: z.object({ slug: z.string(), title: z.string(), number: z.number().int() }).nullable(),
  next: z.object({ slug: z.string(), title: z.string(), number: z.number().int(), opensAt: z.string(), open: z.boolean() }).nullable(),
});
export type TopicDto = z.infer<typeof topicDto>;
