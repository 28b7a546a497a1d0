import { GIF } from 'image-size/types/gif';
import type { IImage } from 'image-size/types/interface';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { SVG } from 'image-size/types/svg';
import { WEBP } from 'image-size/types/webp';
import type { FolderProblem } from './problems.ts';

export interface FileType {
  mime: string;
  /** Pixels, of pictures. */
  width: number | null;
  height: number | null;
}

type KnownType = {
  mime: string;
  /** For a refusal: «the content is not …». */
  name: string;
} & ({ picture: IImage } | { fits: (bytes: Buffer) => boolean; isMedia?: true });

const begins = (signature: string) => (bytes: Buffer) => bytes.toString('latin1', 0, signature.length) === signature;
const zip = (mime: string, name: string): KnownType => ({ mime, name, fits: begins('PK\x03\x04') });
const text = (mime: string): KnownType => ({ mime: `${mime}; charset=utf-8`, name: 'UTF-8 text', fits: isText });
const media = (mime: string, name: string, fits: (bytes: Buffer) => boolean): KnownType => ({ mime, name, fits, isMedia: true });
const isIsoMedia = (bytes: Buffer) => bytes.toString('latin1', 4, 8) === 'ftyp';
const jpeg: KnownType = { mime: 'image/jpeg', name: 'a JPEG picture', picture: JPG };

/** What a topic may give to its students, by the end of the name. */
const types: Record<string, KnownType> = {
  svg: { mime: 'image/svg+xml', name: 'an SVG picture with a width and a height, or a viewBox', picture: SVG },
  png: { mime: 'image/png', name: 'a PNG picture', picture: PNG },
  jpg: jpeg,
  jpeg,
  webp: { mime: 'image/webp', name: 'a WebP picture', picture: WEBP },
  gif: { mime: 'image/gif', name: 'a GIF picture', picture: GIF },
  pdf: { mime: 'application/pdf', name: 'a PDF document', fits: begins('%PDF-') },
  txt: text('text/plain'),
  csv: text('text/csv'),
  py: text('text/x-python'),
  ods: zip('application/vnd.oasis.opendocument.spreadsheet', 'an OpenDocument table'),
  odt: zip('application/vnd.oasis.opendocument.text', 'an OpenDocument text'),
  xlsx: zip('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'an Excel table'),
  docx: zip('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'a Word document'),
  pptx: zip('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'a PowerPoint presentation'),
  zip: zip('application/zip', 'a ZIP archive'),
  mp4: media('video/mp4', 'an MP4 video', isIsoMedia),
  m4v: media('video/x-m4v', 'an MP4 video', isIsoMedia),
  mov: media('video/quicktime', 'a QuickTime video', isIsoMedia),
  webm: media('video/webm', 'a WebM video', begins('\x1a\x45\xdf\xa3')),
  mp3: media('audio/mpeg', 'an MP3 recording', (bytes) => begins('ID3')(bytes) || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)),
  m4a: media('audio/mp4', 'an MP4 recording', isIsoMedia),
};

const extensionOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
const typeOf = (name: string) => (Object.hasOwn(types, extensionOf(name)) ? types[extensionOf(name)] : undefined);

/** Videos and recordings: they may be large. */
export function isMediaName(name: string): boolean {
  const type = typeOf(name);
  return type !== undefined && 'fits' in type && type.isMedia === true;
}

/** Of these the beginning is enough to know them. */
export function isKnownByHead(name: string): boolean {
  return isMediaName(name) || /\.(pdf|zip)$/i.test(name);
}

/** The type of a file by its name, proven by its content. @param bytes all of them, or the beginning where that is enough */
export function fileTypeOf(name: string, bytes: Buffer): { ok: true; type: FileType } | { ok: false; problem: FolderProblem } {
  const type = typeOf(name);
  if (!type) return { ok: false, problem: { code: 'file-type' } };
  const size = 'picture' in type ? sizeOf(type.picture, bytes) : { width: null, height: null };
  if (!size || ('fits' in type && !type.fits(bytes))) return { ok: false, problem: { code: 'file-content', expected: type.name } };
  const found = extensionOf(name) === 'svg' ? activePart(bytes.toString('utf8')) : null;
  if (found !== null) return { ok: false, problem: { code: 'file-active', found } };
  return { ok: true, type: { mime: type.mime, ...size } };
}

/** Pixels of a picture of this very type; null when the bytes are of another, or cut off. */
function sizeOf(picture: IImage, bytes: Buffer): { width: number; height: number } | null {
  try {
    if (!picture.validate(bytes)) return null;
    const { width, height } = picture.calculate(bytes);
    return Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null;
  }
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const activeParts: [RegExp, string][] = [
  [/<script\b/i, 'a script'],
  [/<foreignObject\b/i, 'foreignObject'],
  [/<!ENTITY/i, 'entities'],
  [/[\s"'/]on[a-z]+\s*=/i, 'event handlers'],
  [/javascript:/i, 'javascript: addresses'],
  // Spaces are read in one way only: where a pattern may part them in two, a file of spaces takes hours.
  [/\b(?:href|src)\s*=(?!\s*(?:"\s*"|'\s*'|(?:["']\s*)?(?:#|data:image\/(?:png|jpeg|webp)[;,])))/i, 'links to elsewhere'],
  [/url\((?!\s*(?:["']\s*)?#)|@import/i, 'styles from elsewhere'],
];

/**
 * What in an SVG could act or reach out. Pictures are shown in <img> and served under a policy without rights, and that is the defence; this
 * refuses early what has no place in a drawing, in words that its author understands.
 */
function activePart(svg: string): string | null {
  return activeParts.find(([pattern]) => pattern.test(svg))?.[1] ?? null;
}
