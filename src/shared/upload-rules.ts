/** Where files are sent to, and which may come. Apart from the schemas, so that a page need not load what reads them. */
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
