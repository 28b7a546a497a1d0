import type { UploadDto } from '#shared/files.ts';

/** Given no place within this time, an upload is removed. */
export const uploadLifeMs = 24 * 3_600_000;

/** Uploads of one person that have no place yet. */
export const mostWaiting = { student: 40, moderator: 300 } as const;

/** Megabytes, rounded up: what limits count in. */
export function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

/** A name as it may stand in lists and headers: no control characters, nothing that looks like a path, not a lone dot. */
export function tidyName(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[/\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

interface UploadFacts {
  id: string;
  purpose: UploadDto['purpose'];
  name: string;
  size: number;
  state: UploadDto['state'];
  refusal: UploadDto['refusal'];
  mime: string | null;
  width: number | null;
  height: number | null;
}

export function toUploadDto({ id, purpose, name, size, state, refusal, mime, width, height }: UploadFacts): UploadDto {
  return { id, purpose, name, size, state, refusal, mime, width, height };
}
