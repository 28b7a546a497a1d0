import { buffer } from 'node:stream/consumers';
import { fileTypeFromBuffer } from 'file-type';
import { extensionOf, type UploadPurpose, type UploadRefusal } from '#shared/upload-rules.ts';
import { measurePicture, mostPixels } from '../../../platform/pictures.ts';
import type { Storage } from '../../../platform/storage.ts';
import { fileTypeOf } from '../../transfer/file-types.ts';

export type ContentVerdict =
  | { ok: true; mime: string; width: number | null; height: number | null }
  | { ok: false; refusal: UploadRefusal };

const refused = (refusal: UploadRefusal): ContentVerdict => ({ ok: false, refusal });
const taken = (mime: string): ContentVerdict => ({ ok: true, mime, width: null, height: null });

/** Enough to know a film or an archive by. */
const headBytes = 64 * 1024;

/** Files that may be large: known by their beginning. What the content may be, and under which type it is served. */
const largeTypes: Record<string, { served: string; found: readonly string[]; begins?: string }> = {
  mp4: { served: 'video/mp4', found: ['video/mp4', 'video/x-m4v', 'video/quicktime'] },
  m4v: { served: 'video/mp4', found: ['video/mp4', 'video/x-m4v'] },
  mov: { served: 'video/quicktime', found: ['video/quicktime', 'video/mp4'] },
  webm: { served: 'video/webm', found: ['video/webm'] },
  // The cover before the sound may be longer than what is looked at.
  mp3: { served: 'audio/mpeg', found: ['audio/mpeg'], begins: 'ID3' },
  m4a: { served: 'audio/mp4', found: ['audio/x-m4a', 'audio/mp4', 'video/mp4'] },
  zip: { served: 'application/zip', found: [], begins: 'PK\x03\x04' },
  pdf: { served: 'application/pdf', found: [], begins: '%PDF-' },
};

/** Archives that are documents: a table is no text, whatever its name says. */
const documents = ['docx', 'xlsx', 'pptx', 'odt', 'ods'];
const photos = ['png', 'jpg', 'jpeg', 'webp', 'gif'];

/** Is a file what its name says, and harmless? Its size was judged before a byte of it came. */
export async function inspectContent(
  storage: Storage,
  file: { storageKey: string; name: string; size: number; purpose: UploadPurpose },
): Promise<ContentVerdict> {
  const extension = extensionOf(file.name);
  const large = Object.hasOwn(largeTypes, extension) ? largeTypes[extension] : undefined;
  if (large) {
    const head = await buffer(storage.read(file.storageKey, { start: 0, end: Math.min(file.size, headBytes) - 1 }));
    const begins = large.begins !== undefined && head.toString('latin1', 0, large.begins.length) === large.begins;
    return begins || large.found.includes((await fileTypeFromBuffer(head))?.mime ?? '') ? taken(large.served) : refused('content');
  }
  const bytes = await buffer(storage.read(file.storageKey));
  // Questions to load come in many forms and encodings: their reader judges them.
  if (file.purpose === 'import' && extension !== 'xlsx') return taken('text/plain');
  const typed = fileTypeOf(file.name, bytes);
  if (!typed.ok) return refused(typed.problem.code === 'file-active' ? 'active' : typed.problem.code === 'file-type' ? 'type' : 'content');
  if (photos.includes(extension)) return inspectPhoto(bytes, typed.type.mime);
  if (documents.includes(extension)) {
    const found = (await fileTypeFromBuffer(bytes))?.ext;
    if (found !== extension && found !== 'zip') return refused('content');
  }
  return { ok: true, ...typed.type };
}

async function inspectPhoto(bytes: Buffer, mime: string): Promise<ContentVerdict> {
  const size = await measurePicture(bytes);
  if (!size) return refused('content');
  return size.width * size.height > mostPixels ? refused('pixels') : { ok: true, mime, ...size };
}
