import { transportCodes, type WireError } from '#shared/errors.ts';

/** A file of a message that is being written or waits to be sent. */
export interface OutFile {
  key: string;
  name: string;
  size: number;
  /** A small picture of a picture, as a data URL. */
  thumb: string | null;
  /** Of the ready upload; null while it is on its way. */
  uploadId: string | null;
  /** Why it will not come: the school does not take it, or the page that was sending it has gone. */
  failed: WireError | 'lost' | null;
  /** When the page that sends it was last known to live. */
  stirredAt: number;
}

/** A message on this device, from its first letter until the server has it. */
export interface OutMessage {
  /** Made here, once; the same message sent again carries the same id and is one. */
  clientId: string;
  threadId: string;
  body: string;
  /** What a student had looked for among the questions and answers. */
  query: string | null;
  files: OutFile[];
  /** When it was to be sent: they go in this order. */
  at: number;
  /** `stopped`: refused, and for its author to decide on. */
  state: 'draft' | 'queued' | 'stopped';
  /** Of a stopped one; null: a file did not come. */
  error: WireError | null;
}

export type OutPhase =
  /** Waits for its files. */
  | { phase: 'uploading' }
  | { phase: 'sending' }
  /** `turn`: for an earlier one of the thread. */
  | { phase: 'waiting'; for: 'connection' | 'session' | 'turn' }
  /** Too many in a short time: goes by itself at `until`. */
  | { phase: 'limited'; until: number }
  /** The server could not; it is tried again by itself. */
  | { phase: 'failing'; error: WireError }
  | { phase: 'stopped'; error: WireError | null };

/** A page that sends says so this often, */
export const stirEveryMs = 10_000;
/** and is gone when it has not for so long (a hidden tab is woken once a minute only). */
const lostAfterMs = 90_000;

export function isLost(file: OutFile, now: number): boolean {
  return file.uploadId === null && file.failed === null && now - file.stirredAt > lostAfterMs;
}

export const isArriving = ({ uploadId, failed }: OutFile): boolean => uploadId === null && failed === null;

export function isEmpty({ body, files }: Pick<OutMessage, 'body' | 'files'>): boolean {
  return body.trim() === '' && files.length === 0;
}

/** Would the same message be refused again, whenever it is sent? Then only another text helps. */
export function canRepeat(error: WireError | null): boolean {
  return error !== null && error.code !== 'CHAT_CLIENT_ID_REUSED' && error.code !== 'INPUT_INVALID' && error.code !== 'CHAT_NOT_FOUND';
}

export function isOutMessage(value: unknown): value is OutMessage {
  if (!isRecord(value)) return false;
  const { clientId, threadId, body, query, files, at, state, error } = value;
  return (
    typeof clientId === 'string' &&
    typeof threadId === 'string' &&
    typeof body === 'string' &&
    (query === null || typeof query === 'string') &&
    typeof at === 'number' &&
    (state === 'draft' || state === 'queued' || state === 'stopped') &&
    (error === null || isWireError(error)) &&
    Array.isArray(files) &&
    files.every(isOutFile)
  );
}

function isOutFile(value: unknown): value is OutFile {
  if (!isRecord(value)) return false;
  const { key, name, size, thumb, uploadId, failed, stirredAt } = value;
  return (
    typeof key === 'string' &&
    typeof name === 'string' &&
    typeof size === 'number' &&
    typeof stirredAt === 'number' &&
    (thumb === null || typeof thumb === 'string') &&
    (uploadId === null || typeof uploadId === 'string') &&
    (failed === null || failed === 'lost' || isWireError(failed))
  );
}

function isWireError(value: unknown): value is WireError {
  return isRecord(value) && typeof value.code === 'string' && Object.hasOwn(transportCodes, value.code) && isRecord(value.data);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
