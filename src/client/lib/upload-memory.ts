import type { UploadPurpose } from '#shared/upload-rules.ts';
import { deviceMemory } from './memory.ts';

/** What this device knows of an upload that has begun: with it the same file goes on where it stopped, also after a reload. */
export interface BegunUpload {
  personId: string;
  purpose: UploadPurpose;
  subjectId: string | null;
  name: string;
  size: number;
  lastModified: number;
  url: string;
  /** Bytes known to have arrived. */
  sent: number;
  begunAt: number;
}

type Same = Pick<BegunUpload, 'personId' | 'purpose' | 'subjectId' | 'name' | 'size' | 'lastModified'>;

/** The server forgets what was not finished within a day. */
const keptMs = 23 * 3_600_000;

export function begunUploads(now = Date.now()): BegunUpload[] {
  try {
    const stored: unknown = JSON.parse(deviceMemory.read('uploads') ?? '[]');
    return Array.isArray(stored) ? stored.filter(isBegun).filter(({ begunAt }) => now - begunAt < keptMs) : [];
  } catch {
    return [];
  }
}

export function findBegun(file: Same): BegunUpload | null {
  return begunUploads().find((one) => isSame(one, file)) ?? null;
}

export function rememberBegun(upload: BegunUpload): void {
  write([...begunUploads().filter((one) => !isSame(one, upload)), upload]);
}

export function forgetBegun(file: Same): void {
  const all = begunUploads();
  const left = all.filter((one) => !isSame(one, file));
  if (left.length < all.length) write(left);
}

function write(uploads: BegunUpload[]): void {
  deviceMemory.write('uploads', uploads.length === 0 ? null : JSON.stringify(uploads));
}

function isSame(a: Same, b: Same): boolean {
  return (
    a.personId === b.personId &&
    a.purpose === b.purpose &&
    a.subjectId === b.subjectId &&
    a.name === b.name &&
    a.size === b.size &&
    a.lastModified === b.lastModified
  );
}

function isBegun(value: unknown): value is BegunUpload {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['personId', 'purpose', 'name', 'url'].every((key) => typeof Reflect.get(value, key) === 'string');
  return texts && ['size', 'lastModified', 'sent', 'begunAt'].every((key) => typeof Reflect.get(value, key) === 'number');
}
