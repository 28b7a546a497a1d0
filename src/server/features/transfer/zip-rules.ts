import { type Entry, getFileNameLowLevel, validateFileName } from 'yauzl';
import type { ArchiveRefusal } from '#shared/transfer.ts';

export interface ArchiveLimits {
  entries: number;
  /** Bytes that a file of this name may have. */
  fileOf: (name: string) => number;
  /** May it come apart from the total of all others, because what it holds does not shrink? */
  isMedia: (name: string) => boolean;
  /** Bytes of all files but those. */
  total: number;
}

/** What the entries of an archive have claimed so far. */
export interface Tally {
  limits: ArchiveLimits;
  /** Bytes of the archive itself. */
  size: number;
  count: number;
  packed: number;
  unpacked: number;
  /** By their name in small letters: as it is written, and whether it is a file. */
  seen: Map<string, { path: string; isFile: boolean }>;
}

/** Of a file this small nobody minds how well it was packed. */
const smallFile = 1_000_000;
const highestRatio = 200;

export function createTally(limits: ArchiveLimits, size: number, count: number): Tally {
  return { limits, size, count, packed: 0, unpacked: 0, seen: new Map() };
}

/** Where an entry may be written, null for one that is passed over (a folder, the notes of an operating system); or why the archive is refused. */
export function acceptEntry(entry: Entry, tally: Tally): { path: string | null } | { refusal: ArchiveRefusal } {
  const { limits } = tally;
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  const refuse = (refusal: ArchiveRefusal) => ({ refusal });
  if (tally.count > limits.entries) return refuse({ code: 'archive-entries', limit: limits.entries });
  if (!isSafeName(name)) return refuse({ code: 'archive-name', name: shown(name) });
  if (entry.isEncrypted()) return refuse({ code: 'archive-encrypted', name });
  if (isSpecial(entry)) return refuse({ code: 'archive-link', name });
  const isFile = !name.endsWith('/');
  const path = isFile ? name : name.slice(0, -1);
  if (isNoteOfSystem(path)) return { path: null };
  if (isTaken(path, isFile, tally)) return refuse({ code: 'archive-name-twice', name });
  if (!isFile) return { path: null };
  const { compressedSize, uncompressedSize } = entry;
  const limit = limits.fileOf(path);
  if (uncompressedSize > limit) return refuse({ code: 'archive-large', name, limit });
  tally.packed += compressedSize;
  // Files that lie over one another, or are far smaller than what comes out of them.
  if (tally.packed > tally.size || isBomb(entry, limits.isMedia(path))) return refuse({ code: 'archive-bomb', name });
  if (!limits.isMedia(path)) tally.unpacked += uncompressedSize;
  if (tally.unpacked > limits.total) return refuse({ code: 'archive-large', name: null, limit: limits.total });
  return { path };
}

function isBomb({ compressedSize, uncompressedSize }: Entry, isMedia: boolean): boolean {
  return uncompressedSize > smallFile && uncompressedSize > compressedSize * (isMedia ? 2 : highestRatio);
}

function isSafeName(name: string): boolean {
  if (validateFileName(name) !== null || /\p{Cc}|\p{Surrogate}/u.test(name)) return false;
  const parts = name.replace(/\/$/, '').split('/');
  return parts.length <= 10 && parts.every((part) => part !== '' && part !== '.' && Buffer.byteLength(part) <= 200);
}

/** Links, devices and pipes, by the mode that Unix leaves in an archive. */
function isSpecial({ externalFileAttributes }: Entry): boolean {
  const type = (externalFileAttributes >>> 16) & 0o170000;
  return type !== 0 && type !== 0o100000 && type !== 0o040000;
}

function isNoteOfSystem(path: string): boolean {
  return /(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(\/|$)/.test(path);
}

/** On some systems names that differ in capital letters are one file, and a file is never a folder as well. */
function isTaken(path: string, isFile: boolean, { seen }: Tally): boolean {
  const parts = path.split('/');
  return parts.some((_, depth) => {
    const part = parts.slice(0, depth + 1).join('/');
    const isLeaf = depth === parts.length - 1;
    const key = part.normalize('NFC').toLowerCase();
    const known = seen.get(key);
    seen.set(key, { path: part, isFile: isLeaf && isFile });
    return known !== undefined && (known.path !== part || known.isFile || (isLeaf && isFile));
  });
}

/** Without the characters that made it unfit. */
function shown(name: string): string {
  return name.replace(/\p{Cc}|\p{Surrogate}/gu, '?').slice(0, 200);
}
