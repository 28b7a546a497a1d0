import * as z from 'zod';
import { storableText } from './storable.ts';
import { ownVideoName, videoOf } from './videos.ts';

/** Videos of one topic. */
export const videoLimit = 50;
export const videoTitleLimit = 200;
export const videoMinutesLimit = 600;

const title = z.string().trim().min(1, 'required').max(videoTitleLimit).transform(storableText);
const minutes = z.number().int().min(1).max(videoMinutesLimit).nullable();
/** An address as typed, or `files/<name>`. */
const url = z
  .string()
  .trim()
  .min(1, 'required')
  .max(500)
  .refine((typed) => ownVideoName(typed) !== null || videoOf(typed) !== null, 'video-unknown');

export const mediaInput = z.strictObject({ topicId: z.uuid() });
/** `id` is made by the browser: the same video sent twice is one. */
export const addVideoInput = z.strictObject({ id: z.uuid(), topicId: z.uuid(), title, url, minutes });
export const updateVideoInput = z.strictObject({ id: z.uuid(), title: title.optional(), url: url.optional(), minutes: minutes.optional() });
/** `beforeId` is the video it is to stand before; null: the end. */
export const moveVideoInput = z.strictObject({ id: z.uuid(), beforeId: z.uuid().nullable() });
export const removeVideoInput = z.strictObject({ id: z.uuid() });
/** What `removeVideo` answered, to be put back in its place. */
export const restoreVideoInput = addVideoInput.extend({ beforeId: z.uuid().nullable() });
export type RestoreVideoInput = z.infer<typeof restoreVideoInput>;

export const officeVideoDto = z.object({
  id: z.string(),
  title: z.string(),
  /** As its author typed it, or `files/<name>`. */
  url: z.string(),
  minutes: z.number().int().nullable(),
  /** Where it can be watched; null: the file it names is not there. */
  href: z.string().nullable(),
  /** «own»: a file of the topic. */
  host: z.enum(['youtube', 'rutube', 'vk', 'own']),
  /** Bytes of a file. */
  size: z.number().int().nullable(),
});
export type OfficeVideoDto = z.infer<typeof officeVideoDto>;

export const mediaDto = z.object({
  topic: z.object({ id: z.string(), title: z.string(), course: z.object({ slug: z.string(), title: z.string() }) }),
  videos: z.array(officeVideoDto),
  /** Videos among the topic's files that nothing plays yet. */
  spareVideos: z.array(z.object({ name: z.string(), title: z.string().nullable(), size: z.number().int() })),
});
export type MediaDto = z.infer<typeof mediaDto>;
