import * as z from 'zod';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';
import { workExtensions } from './work-limits.ts';

/**
 * Files on their way into the school go by tus (resumable uploads, version 1.0.0) to this address; each one is `uploadsPath/<id>` from then on.
 * Metadata of the creation: `purpose`, `subject` (id of the topic, the task, the attempt at an exam, the thread of a chat, or the announcement), `name`. The answer to the last piece, and only that one, has a
 * body: `UploadDto` as JSON with the verdict on the contents. When that answer is lost, `files.upload` tells the same. Whatever is refused is
 * answered with `WireError` as JSON; `FILES_REFUSED` says why.
 */
export const uploadsPath = '/api/uploads';

export const uploadPurposes = ['topic', 'work', 'exam', 'chat', 'news', 'import'] as const;
export type UploadPurpose = (typeof uploadPurposes)[number];

/** Bytes of one file. */
export const uploadLimits: Record<UploadPurpose, number> = {
  topic: 2_000_000_000,
  work: 20_000_000,
  exam: 20_000_000,
  chat: 20_000_000,
  news: 10_000_000,
  import: 500_000_000,
};
/** Files other than videos and archives are read as a whole somewhere, so they stay small. */
export const plainFileLimit = 20_000_000;

export const uploadNameLimit = 200;
export const fileTitleLimit = 200;

/** What may come, by the end of the name; the contents have to agree. For `accept` of a file field put a dot before each. */
export const uploadExtensions: Record<UploadPurpose, readonly string[]> = {
  topic: [
    ...['png', 'jpg', 'jpeg', 'webp', 'gif', 'svg', 'mp4', 'm4v', 'webm', 'mov', 'mp3', 'm4a'],
    ...['pdf', 'txt', 'csv', 'py', 'ods', 'odt', 'xlsx', 'docx', 'pptx', 'zip'],
  ],
  work: workExtensions,
  exam: workExtensions,
  chat: workExtensions,
  news: ['png', 'jpg', 'jpeg', 'webp'],
  import: ['zip', 'xlsx', 'csv', 'txt', 'gift', 'xml'],
};

/** Small letters behind the last dot of a name; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Why a file was not taken. Texts: i18n `errors.upload`. */
export const uploadRefusals = [
  /** Said before a byte is sent. */
  'empty',
  'too-large',
  'type',
  'heic',
  'too-many',
  'too-much-today',
  /** Said when it is whole. */
  'content',
  'active',
  'pixels',
] as const;
export type UploadRefusal = (typeof uploadRefusals)[number];

/** What the browser can tell of a file before it sends a byte; the server asks the same. */
export function refusalOf(purpose: UploadPurpose, file: { name: string; size: number }): UploadRefusal | null {
  const extension = extensionOf(file.name);
  if (extension === 'heic' || extension === 'heif') return 'heic';
  if (!uploadExtensions[purpose].includes(extension)) return 'type';
  if (file.size === 0) return 'empty';
  return file.size > largestUpload(purpose, file.name) ? 'too-large' : null;
}

/** Bytes that a file of this name may have. */
export function largestUpload(purpose: UploadPurpose, name: string): number {
  return isLarge(extensionOf(name)) ? uploadLimits[purpose] : Math.min(uploadLimits[purpose], plainFileLimit);
}

const largeExtensions = ['mp4', 'm4v', 'webm', 'mov', 'mp3', 'm4a', 'zip', 'pdf'];
const isLarge = (extension: string) => largeExtensions.includes(extension);

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
