import { createTRPCClient, httpLink } from '@trpc/client';
import { type DetailedError, Upload } from 'tus-js-client';
import type { AppRouter } from '#server/router.ts';
import { transportCodes, type WireError } from '#shared/errors.ts';
import { type UploadDto, uploadDto } from '#shared/files.ts';
import { refusalOf, type UploadPurpose, uploadsPath } from '#shared/upload-rules.ts';
import { appError } from './errors.ts';

/** One try of sending a file by tus. In a chunk of its own: most visitors never send any. */

const chunkSize = 8 * 1024 * 1024;
/** A line that is dead without saying so. */
const silentMs = 30_000;
/** The contents of a whole file are looked at before the last answer. */
const checkMs = 180_000;

export type Outcome =
  /** `verdict` null: all bytes were there before this try began. */
  { kind: 'arrived'; verdict: UploadDto | null } | { kind: 'failed'; status: number; error: WireError | null } | { kind: 'stopped' };

export interface Sending {
  outcome: Promise<Outcome>;
  stop(): void;
}

interface SendOptions {
  purpose: UploadPurpose;
  subjectId: string | null;
  /** Of an upload that has begun. */
  url: string | null;
  onUrl: (url: string) => void;
  onProgress: (sent: number) => void;
  /** The server keeps these bytes now. */
  onKept: (bytes: number) => void;
}

export { refusalOf };

export function send(file: File, { purpose, subjectId, url, onUrl, onProgress, onKept }: SendOptions): Sending {
  let settle: (outcome: Outcome) => void = () => undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = (result) => {
      clearTimeout(watch);
      resolve(result);
    };
  });
  const stop = (result: Outcome) => {
    void upload.abort();
    settle(result);
  };
  const stirred = (limit: number) => {
    clearTimeout(watch);
    watch = setTimeout(stop, limit, { kind: 'failed', status: 0, error: null });
  };
  const upload = new Upload(file, {
    // A known address is asked for by itself: tus would begin anew at any refusal, also at one that signing in mends.
    ...(url === null ? { endpoint: uploadsPath } : { uploadUrl: url }),
    metadata: { purpose, name: file.name, ...(subjectId === null ? {} : { subject: subjectId }) },
    chunkSize,
    retryDelays: null,
    storeFingerprintForResuming: false,
    onUploadUrlAvailable: () => {
      if (upload.url) onUrl(upload.url);
    },
    onProgress: (sent) => {
      stirred(sent < file.size ? silentMs : checkMs);
      onProgress(sent);
    },
    onChunkComplete: (_size, kept) => onKept(kept),
    onSuccess: ({ lastResponse }) => settle({ kind: 'arrived', verdict: readVerdict(lastResponse.getBody()) }),
    onError: (error) => settle(failed(error)),
  });
  stirred(silentMs);
  upload.start();
  return { outcome, stop: () => stop({ kind: 'stopped' }) };
}

function failed(error: Error | DetailedError): Outcome {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  return { kind: 'failed', status: answer?.getStatus() ?? 0, error: answer ? readError(answer.getBody()) : null };
}

function readVerdict(body: string): UploadDto | null {
  return uploadDto.safeParse(parsed(body)).data ?? null;
}

function readError(body: string): WireError | null {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null || !('code' in value) || typeof value.code !== 'string') return null;
  return Object.hasOwn(transportCodes, value.code) ? (value as WireError) : null;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const server = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc' })] });

/** What the server knows of an upload whose last answer was lost. «unknown»: nothing, so it begins anew. */
export async function askFor(url: string): Promise<UploadDto | 'unknown' | 'no-answer'> {
  try {
    return await server.files.upload.query({ id: uploadIdOf(url) });
  } catch (error) {
    // Any other refusal (a session that has ended, a fault of the server) says nothing of the file.
    return appError(error)?.code === 'FILES_NOT_FOUND' ? 'unknown' : 'no-answer';
  }
}

/** Takes the bytes off the server. Who cannot be told now is told by time: what is unfinished goes after a day. */
export async function giveUp(url: string): Promise<void> {
  await Upload.terminate(url, { retryDelays: [1000, 5000] }).catch(() => undefined);
}

export function uploadIdOf(url: string): string {
  return new URL(url, window.location.href).pathname.split('/').at(-1) ?? '';
}
