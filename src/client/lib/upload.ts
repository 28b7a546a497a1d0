import type { UploadDto } from '#shared/files.ts';
import type { UploadPurpose } from '#shared/upload-rules.ts';
import { makeUuid } from './make-uuid.ts';
import { offline } from './online.ts';
import { lastPerson, sessionEnded } from './session.ts';
import { createStore } from './store.ts';
import { type BegunUpload, findBegun, forgetBegun, rememberBegun } from './upload-memory.ts';
import { canPause, failureOf, isOver, retryDelay, stepped, toStart, type UploadEvent, type UploadItem } from './upload-queue.ts';
import { UploadRefused } from './upload-refusal.ts';
import type { Outcome, Sending } from './upload-transfer.ts';

/**
 * Files on their way to the school. They live as long as the tab, whatever page is shown; what a reload cuts off goes on where it stopped when the
 * same file is chosen again.
 */
export const uploads = createStore<readonly UploadItem[]>([]);

interface UploadOptions {
  purpose: UploadPurpose;
  /** Topic or task. */
  subjectId?: string | undefined;
  onProgress?: (sent: number, size: number) => void;
  signal?: AbortSignal;
}

interface Job {
  id: string;
  personId: string;
  file: File;
  options: UploadOptions;
  url: string | null;
  sending: Sending | null;
  wake: () => void;
  retryTimer: ReturnType<typeof setTimeout> | undefined;
  cancelled: boolean;
  /** How often the server was asked for it without knowing a verdict. */
  lookedUp: number;
}

type Transfer = typeof import('./upload-transfer.ts');

const jobs = new Map<string, Job>();
/** What has arrived stays in the list for a moment, so that it is seen. */
const doneShownMs = 6000;

/**
 * Sends a file. Lost connections, a server that starts anew and an ended session only make it take longer.
 * @throws UploadRefused, or an AbortError when it was cancelled
 */
export async function uploadFile(file: File, options: UploadOptions): Promise<{ uploadId: string }> {
  options.signal?.throwIfAborted();
  const job: Job = {
    id: makeUuid(),
    personId: lastPerson.get()?.id ?? '',
    file,
    options,
    url: null,
    sending: null,
    wake: () => undefined,
    retryTimer: undefined,
    cancelled: false,
    lookedUp: 0,
  };
  const { purpose, subjectId = null } = options;
  jobs.set(job.id, job);
  uploads.set([
    ...uploads.get(),
    { id: job.id, purpose, subjectId, name: file.name, size: file.size, sent: 0, phase: 'waiting', refusal: null },
  ]);
  const cancel = () => cancelUpload(job.id);
  options.signal?.addEventListener('abort', cancel);
  try {
    const uploadId = await carry(job);
    change(job.id, { kind: 'arrived' });
    setTimeout(dismissUpload, doneShownMs, job.id);
    return { uploadId };
  } catch (error) {
    if (error instanceof UploadRefused) change(job.id, { kind: 'refused', refusal: error.error });
    else dismissUpload(job.id);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    clearTimeout(job.retryTimer);
    jobs.delete(job.id);
    startNext();
  }
}

async function carry(job: Job): Promise<string> {
  let failures = 0;
  for (;;) {
    await turn(job);
    const transfer = await import('./upload-transfer.ts').catch(() => null);
    const refusal = transfer?.refusalOf(job.options.purpose, job.file);
    if (refusal) throw new UploadRefused({ code: 'FILES_REFUSED', data: { refusal } });
    // Paused or cancelled meanwhile.
    if (itemOf(job.id)?.phase !== 'sending') continue;
    const sentBefore = itemOf(job.id)?.sent ?? 0;
    const outcome: Outcome = transfer ? await tryOnce(job, transfer) : { kind: 'failed', status: 0, error: null };
    if (outcome.kind === 'stopped') continue;
    const verdict = transfer && (await verdictAfter(job, outcome, transfer));
    if (verdict) {
      forget(job);
      if (verdict.refusal !== null) throw new UploadRefused({ code: 'FILES_REFUSED', data: { refusal: verdict.refusal } });
      return verdict.id;
    }
    if ((itemOf(job.id)?.sent ?? 0) > sentBefore) failures = 0;
    failures += 1;
    const signIn = outcome.kind === 'failed' && failureOf(outcome.status, outcome.error) === 'sign-in';
    change(job.id, { kind: signIn ? 'session-ended' : 'lost' });
    if (signIn) sessionEnded.set(true);
    else job.retryTimer = setTimeout(wake, retryDelay(failures), job.id, 'interrupted');
  }
}

/**
 * What the server says of the whole file; null: nothing yet, so another try follows.
 * @throws UploadRefused
 */
async function verdictAfter(job: Job, outcome: Exclude<Outcome, { kind: 'stopped' }>, transfer: Transfer): Promise<UploadDto | null> {
  if (outcome.kind === 'arrived' && outcome.verdict) return outcome.verdict;
  const failure = outcome.kind === 'failed' ? failureOf(outcome.status, outcome.error) : 'gone';
  if (failure === 'refused' && outcome.kind === 'failed') {
    forget(job);
    throw new UploadRefused(outcome.error ?? { code: 'UNEXPECTED', data: { requestId: '' } });
  }
  if (failure !== 'gone' || job.url === null) return null;
  // The last answer was lost, or the server no longer knows what it was given.
  const known = await transfer.askFor(job.url);
  if (known === 'no-answer') return null;
  if (known !== 'unknown' && known.state !== 'receiving') return known;
  job.lookedUp += 1;
  if (job.lookedUp > 5) throw new UploadRefused({ code: 'UNEXPECTED', data: { requestId: '' } });
  if (known === 'unknown') forget(job);
  return null;
}

/** Waits until it may send. */
async function turn(job: Job): Promise<void> {
  for (;;) {
    // Another person has signed in here: it is none of theirs.
    if (job.cancelled || (lastPerson.get()?.id ?? '') !== job.personId) throw new DOMException('Cancelled', 'AbortError');
    startNext();
    if (itemOf(job.id)?.phase === 'sending') return;
    await new Promise<void>((resolve) => {
      job.wake = resolve;
    });
  }
}

async function tryOnce(job: Job, transfer: Transfer): Promise<Outcome> {
  const { purpose, subjectId = null, onProgress } = job.options;
  const begun = findBegun(sameAs(job));
  job.url ??= begun?.url ?? null;
  const begunAt = begun?.begunAt ?? Date.now();
  const remember = (sent: number) => {
    if (job.url !== null) rememberBegun({ ...sameAs(job), url: job.url, sent, begunAt });
  };
  let shownAt = 0;
  job.sending = transfer.send(job.file, {
    purpose,
    subjectId,
    url: job.url,
    onUrl(url) {
      job.url = url;
      remember(0);
    },
    onProgress(sent) {
      onProgress?.(sent, job.file.size);
      // A line of figures that changes more often can be neither read nor drawn on a slow phone.
      if (sent < job.file.size && performance.now() - shownAt < 250) return;
      shownAt = performance.now();
      change(job.id, { kind: 'progress', sent });
    },
    onKept: remember,
  });
  const outcome = await job.sending.outcome;
  job.sending = null;
  return outcome;
}

function forget(job: Job): void {
  forgetBegun(sameAs(job));
  job.url = null;
}

function sameAs({ personId, file, options }: Job) {
  const { purpose, subjectId } = options;
  return { personId, purpose, subjectId: subjectId ?? null, name: file.name, size: file.size, lastModified: file.lastModified };
}

export function pauseUpload(id: string): void {
  const item = itemOf(id);
  if (!item || !canPause(item)) return;
  change(id, { kind: 'paused' });
  jobs.get(id)?.sending?.stop();
}

export function resumeUpload(id: string): void {
  change(id, { kind: 'ready' });
}

/** Stops an upload for good and takes what arrived off the server. */
export function cancelUpload(id: string): void {
  const job = jobs.get(id);
  if (!job) {
    dismissUpload(id);
    return;
  }
  job.cancelled = true;
  dismissUpload(id);
  job.sending?.stop();
  job.wake();
  const { url } = job;
  forget(job);
  if (url !== null)
    void import('./upload-transfer.ts').then(
      ({ giveUp }) => giveUp(url),
      () => undefined,
    );
}

/** Gives up one that a reload cut off. */
export function abandonUpload(upload: BegunUpload): void {
  forgetBegun(upload);
  void import('./upload-transfer.ts').then(
    ({ giveUp }) => giveUp(upload.url),
    () => undefined,
  );
  // What this device remembers is no part of the store, and whoever shows it follows the store.
  uploads.set([...uploads.get()]);
}

/** Takes one that is over out of the list. */
export function dismissUpload(id: string): void {
  uploads.set(uploads.get().filter((item) => item.id !== id));
}

/** Is this very file on its way there already? A second drop of it is a slip. */
export function isUploading(file: File, purpose: UploadPurpose, subjectId: string | null): boolean {
  return [...jobs.values()].some(
    (job) =>
      job.options.purpose === purpose &&
      (job.options.subjectId ?? null) === subjectId &&
      job.file.name === file.name &&
      job.file.size === file.size &&
      job.file.lastModified === file.lastModified,
  );
}

function itemOf(id: string): UploadItem | undefined {
  return uploads.get().find((item) => item.id === id);
}

function change(id: string, event: UploadEvent): void {
  uploads.set(uploads.get().map((item) => (item.id === id ? stepped(item, event) : item)));
  if (event.kind !== 'progress') startNext();
}

function startNext(): void {
  for (const id of toStart(uploads.get())) {
    uploads.set(uploads.get().map((item) => (item.id === id ? stepped(item, { kind: 'started' }) : item)));
    jobs.get(id)?.wake();
  }
}

// The connection is back, or somebody has signed in: those that waited for it go on at once.
offline.subscribe(() => {
  if (offline.get() === null) wakeAll('interrupted');
});
sessionEnded.subscribe(() => {
  if (!sessionEnded.get()) wakeAll('signed-out');
});

function wakeAll(phase: UploadItem['phase']): void {
  for (const item of uploads.get()) wake(item.id, phase);
}

/** Sends on what is still in this phase: who paused it meanwhile meant it. */
function wake(id: string, phase: UploadItem['phase']): void {
  if (itemOf(id)?.phase === phase) change(id, { kind: 'ready' });
}

// Leaving would cut them off. Listened to only meanwhile: a page with such a listener is not kept for «back».
const warn = (event: BeforeUnloadEvent) => event.preventDefault();
uploads.subscribe(() => {
  const busy = uploads.get().some((item) => !isOver(item));
  if (busy) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
});
