import * as z from 'zod';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';
import { fileTitleLimit, uploadNameLimit, uploadPurposes, uploadRefusals } from './upload-rules.ts';

/** The metadata of a creation. */
export const uploadMetadata = z.object({
  purpose: z.enum(uploadPurposes),
  /** A course to load belongs to nothing yet. */
  subject: z.uuid().optional(),
  name: z.string().trim().min(1).max(uploadNameLimit),
});

export const uploadInput = z.strictObject({ id: z.uuid() });
export const uploadDto = z.object({
  id: z.string(),
  purpose: z.enum(uploadPurposes),
  name: z.string(),
  size: z.number().int(),
  state: z.enum(['receiving', 'ready', 'refused']),
  refusal: z.enum(uploadRefusals).nullable(),
  /** By content; null until it is ready. */
  mime: z.string().nullable(),
  /** Pixels, of pictures, as they are seen. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export type UploadDto = z.infer<typeof uploadDto>;

/** Where a file of a topic is used. */
export const filePlaceDto = z.object({
  kind: z.enum(['theory', 'task', 'video']),
  /** Of the task or the video; the topic's for its theory. */
  title: z.string(),
  /** Of the task. */
  taskId: z.string().nullable(),
  /** Only the text that is not published yet mentions it. */
  draft: z.boolean(),
});
export type FilePlaceDto = z.infer<typeof filePlaceDto>;

export const officeFileDto = z.object({
  id: z.string(),
  /** Markdown of the topic refers to it as `files/<name>`. */
  name: z.string(),
  title: z.string().nullable(),
  /** Place in the list under the theory; null: only referred to. */
  listedAt: z.number().int().nullable(),
  mime: z.string(),
  size: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  addedAt: z.string(),
  /** Opens for this person for some hours. */
  url: z.string(),
  /** A small picture of a picture; null for anything else. */
  previewUrl: z.string().nullable(),
  usedIn: z.array(filePlaceDto),
});
export type OfficeFileDto = z.infer<typeof officeFileDto>;

export const topicFilesInput = z.strictObject({ topicId: z.uuid() });

/** Gives an upload its place. `name` is a wish: it becomes Latin letters, and another one where the topic has it already. `listed`: under the theory. */
export const addToTopicInput = z.strictObject({
  uploadId: z.uuid(),
  topicId: z.uuid(),
  name: z.string().trim().min(1).max(uploadNameLimit).transform(storableText).optional(),
  title: z.string().trim().max(fileTitleLimit).transform(storableText).optional(),
  listed: z.boolean().default(false),
});
export type AddToTopicInput = z.input<typeof addToTopicInput>;

/** An empty title: the name stands for it. */
export const renameFileInput = z.strictObject({ fileId: z.uuid(), title: z.string().trim().max(fileTitleLimit).transform(storableText) });

/** The list under the theory, whole and in order; what is not in it is no longer listed. */
export const setListedInput = z.strictObject({ topicId: z.uuid(), fileIds: z.array(z.uuid()).max(200) });

/** Refused with FILES_IN_USE while something of the topic mentions it. */
export const removeFileInput = z.strictObject({ fileId: z.uuid() });
/** Puts back what was removed within the last day. */
export const restoreFileInput = z.strictObject({ fileId: z.uuid() });

export const fileKinds = ['picture', 'video', 'other'] as const;
export const filesPageSize = 50;
export const listFilesInput = z.strictObject({
  page: z.number().int().min(1).max(100_000).default(1),
  /** Part of a name, a title or a topic. */
  search: searchInput(100).default(''),
  courseId: z.uuid().optional(),
  kind: z.enum(fileKinds).optional(),
  sort: z.enum(['newest', 'largest', 'name']).default('newest'),
});
export type ListFilesInput = z.infer<typeof listFilesInput>;

export const filesPageDto = z.object({
  total: z.number().int(),
  pageSize: z.number().int(),
  /** Of all that the search found. */
  bytes: z.number(),
  rows: z.array(
    officeFileDto.extend({
      topic: z.object({ id: z.string(), title: z.string() }),
      course: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
    }),
  ),
  /** Courses that have files, for the filter. */
  courses: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type FilesPageDto = z.infer<typeof filesPageDto>;

/*
 * Procedures: files.upload(uploadInput) → UploadDto, for whoever sends it; for moderators files.ofTopic(topicFilesInput) → OfficeFileDto[],
 * files.list(listFilesInput) → FilesPageDto, files.addToTopic → OfficeFileDto, files.rename, files.setListed, files.remove, files.restore.
 */
