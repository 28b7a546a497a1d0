import type { Memory } from '#client/lib/kept-list.ts';
import { createStore } from '#client/lib/store.ts';
import type { WireError } from '#shared/errors.ts';
import type { HandInInput, HandInResult } from '#shared/reviews.ts';

/** A file that has arrived and waits to be handed in. */
export interface KeptFile {
  id: string;
  name: string;
  size: number;
  /** A small picture of a picture, as a data URL: the file itself is on the server. */
  thumb: string | null;
  /** Place among the others: pages of a notebook stand as they were chosen, whichever came first. */
  at: number;
}

/** A file on its way. */
export interface ArrivingFile {
  key: string;
  name: string;
  size: number;
  sent: number;
  thumb: string | null;
  at: number;
}

/** What stays on the device: the work as far as it is written, and whether it is to be handed in. */
export interface WorkDraft {
  text: string;
  files: KeptFile[];
  /** Made when it is to be handed in; the same id goes with every try. */
  clientId: string | null;
}

export type HandInPhase =
  | { phase: 'writing' }
  /** Handed in by itself when the last file has arrived. */
  | { phase: 'uploading' }
  | { phase: 'sending' }
  | { phase: 'waiting'; for: 'connection' | 'session' }
  | { phase: 'refused'; error: unknown }
  /** The server has another work, or has decided meanwhile. */
  | { phase: 'not-now' };

export interface WorkDraftsOptions {
  memory: Memory;
  personId: string;
  send: (work: HandInInput) => Promise<HandInResult>;
  /** The refusal the server named, or null when it was not reached. */
  refusal: (error: unknown) => WireError | null;
  isOffline: () => boolean;
  makeId: () => string;
  onHandedIn: (taskId: string, result: HandInResult) => void;
  onSessionEnded: () => void;
}

export type WorkDrafts = ReturnType<typeof createWorkDrafts>;

const blank: WorkDraft = { text: '', files: [], clientId: null };
type Drafts = Readonly<Record<string, WorkDraft>>;

/**
 * Long answers of one person on this device, at most one per task: written, with their files on the way, handed in. A work is written down before it
 * is sent and forgotten when the server has it; until then it is sent again under the same id, whoever asks: a click, the returned connection, the
 * next visit.
 */
export function createWorkDrafts(options: WorkDraftsOptions) {
  const { memory } = options;
  const key = `works.${options.personId}`;
  const drafts = createStore<Drafts>(read(memory.read(key)));
  const phases = createStore<Readonly<Record<string, HandInPhase>>>(
    Object.fromEntries(Object.entries(drafts.get()).flatMap(([taskId, { clientId }]) => (clientId ? [[taskId, connectionLost]] : []))),
  );
  const arriving = createStore<Readonly<Record<string, readonly ArrivingFile[]>>>({});
  let flushing: Promise<void> | null = null;

  const draftOf = (taskId: string): WorkDraft => drafts.get()[taskId] ?? blank;
  const phaseOf = (taskId: string): HandInPhase => phases.get()[taskId] ?? { phase: 'writing' };

  function keep(taskId: string, part: Partial<WorkDraft>): void {
    // Other tabs write to the same place: theirs of other tasks stay.
    const next = { ...read(memory.read(key)), ...drafts.get(), [taskId]: { ...draftOf(taskId), ...part } };
    store(next);
  }

  function forget(taskId: string): void {
    const { [taskId]: _, ...rest } = { ...read(memory.read(key)), ...drafts.get() };
    store(rest);
  }

  function store(next: Drafts): void {
    const full = Object.fromEntries(Object.entries(next).filter(([, draft]) => !isBlank(draft)));
    drafts.set(full);
    memory.write(key, Object.keys(full).length === 0 ? null : JSON.stringify(full));
  }

  function show(taskId: string, phase: HandInPhase): void {
    phases.set({ ...phases.get(), [taskId]: phase });
  }

  function setArriving(taskId: string, files: readonly ArrivingFile[]): void {
    arriving.set({ ...arriving.get(), [taskId]: files });
  }

  async function deliver(taskId: string): Promise<'done' | 'unreachable'> {
    const { text, files, clientId } = draftOf(taskId);
    if (clientId === null) return 'done';
    show(taskId, { phase: 'sending' });
    try {
      const result = await options.send({ taskId, clientId, text, uploadIds: files.map(({ id }) => id) });
      if (result.outcome === 'handed-in') {
        forget(taskId);
        show(taskId, { phase: 'writing' });
      } else {
        keep(taskId, { clientId: null });
        show(taskId, { phase: 'not-now' });
      }
      options.onHandedIn(taskId, result);
      return 'done';
    } catch (error) {
      const refusal = options.refusal(error);
      if (refusal === null) {
        show(taskId, connectionLost);
        return 'unreachable';
      }
      if (refusal.code === 'AUTH_SESSION_REQUIRED' || refusal.code === 'AUTH_BLOCKED') {
        show(taskId, { phase: 'waiting', for: 'session' });
        options.onSessionEnded();
        return 'unreachable';
      }
      // After a fault of the server nobody knows whether it was taken in, so the next try goes with the same id.
      if (refusal.code !== 'UNEXPECTED') keep(taskId, { clientId: null });
      show(taskId, { phase: 'refused', error });
      return 'done';
    }
  }

  async function deliverAll(): Promise<void> {
    for (const [taskId, { clientId }] of Object.entries(drafts.get())) {
      if (clientId === null || phaseOf(taskId).phase !== 'waiting') continue;
      if ((await deliver(taskId)) === 'unreachable') return;
    }
  }

  function send(taskId: string): void {
    keep(taskId, { clientId: draftOf(taskId).clientId ?? options.makeId() });
    if (options.isOffline()) show(taskId, connectionLost);
    else void deliver(taskId);
  }

  return {
    key,
    drafts,
    phases,
    arriving,
    draftOf,

    /** Does nothing while the work is being handed in: what is sent is what is seen. */
    write(taskId: string, part: Partial<Pick<WorkDraft, 'text' | 'files'>>): void {
      if (!isEditable(phaseOf(taskId))) return;
      // Another text is another work.
      keep(taskId, { ...part, clientId: null });
      show(taskId, { phase: 'writing' });
    },

    fileBegins(taskId: string, file: ArrivingFile): void {
      setArriving(taskId, [...(arriving.get()[taskId] ?? []), file]);
    },
    fileGoesOn(taskId: string, fileKey: string, part: Partial<Pick<ArrivingFile, 'sent' | 'thumb'>>): void {
      setArriving(
        taskId,
        (arriving.get()[taskId] ?? []).map((file) => (file.key === fileKey ? { ...file, ...part } : file)),
      );
    },
    /** @param id of the upload; null: it did not come */
    fileEnds(taskId: string, fileKey: string, id: string | null): void {
      const all = arriving.get()[taskId] ?? [];
      const file = all.find((one) => one.key === fileKey);
      const left = all.filter((one) => one.key !== fileKey);
      setArriving(taskId, left);
      if (file && id !== null) {
        const { name, size, thumb, at } = file;
        keep(taskId, { files: [...draftOf(taskId).files, { id, name, size, thumb, at }].sort((a, b) => a.at - b.at) });
      }
      if (left.length > 0 || phaseOf(taskId).phase !== 'uploading') return;
      // One that was refused is told of first: the student decides whether the work goes without it.
      if (id === null) show(taskId, { phase: 'writing' });
      else send(taskId);
    },

    /** Two presses are one. While files are on their way the work waits for them. */
    handIn(taskId: string): void {
      if (!isEditable(phaseOf(taskId))) return;
      if ((arriving.get()[taskId] ?? []).length > 0) show(taskId, { phase: 'uploading' });
      else send(taskId);
    },

    /** Back to writing, as long as nothing was sent. */
    stop(taskId: string): void {
      const { phase } = phaseOf(taskId);
      if (phase !== 'uploading' && phase !== 'waiting') return;
      keep(taskId, { clientId: null });
      show(taskId, { phase: 'writing' });
    },

    /** What the server had is the student's again. */
    putBack(taskId: string, draft: Pick<WorkDraft, 'text' | 'files'>): void {
      keep(taskId, { ...draft, clientId: null });
      show(taskId, { phase: 'writing' });
    },

    flush(): Promise<void> {
      flushing ??= deliverAll().finally(() => {
        flushing = null;
      });
      return flushing;
    },

    /** Another tab has written: what it wrote, or handed in, is shown here too. */
    sync(): void {
      const stored = read(memory.read(key));
      drafts.set(stored);
      const next = { ...phases.get() };
      for (const taskId of new Set([...Object.keys(next), ...Object.keys(stored)])) {
        const pending = (stored[taskId]?.clientId ?? null) !== null;
        if (pending && isEditable(next[taskId] ?? { phase: 'writing' })) next[taskId] = connectionLost;
        else if (!pending && next[taskId]?.phase === 'waiting') next[taskId] = { phase: 'writing' };
      }
      phases.set(next);
    },
  };
}

const connectionLost: HandInPhase = { phase: 'waiting', for: 'connection' };

export function isEditable({ phase }: HandInPhase): boolean {
  return phase === 'writing' || phase === 'refused' || phase === 'not-now';
}

function isBlank({ text, files, clientId }: WorkDraft): boolean {
  return text === '' && files.length === 0 && clientId === null;
}

function read(stored: string | null): Drafts {
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, WorkDraft] => isDraft(entry[1])));
  } catch {
    return {};
  }
}

function isDraft(value: unknown): value is WorkDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { text, files, clientId } = value as Partial<Record<keyof WorkDraft, unknown>>;
  return typeof text === 'string' && Array.isArray(files) && files.every(isKeptFile) && (clientId === null || typeof clientId === 'string');
}

function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, size, thumb, at } = value as Partial<Record<keyof KeptFile, unknown>>;
  return (
    typeof at === 'number' &&
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof size === 'number' &&
    (thumb === null || typeof thumb === 'string')
  );
}
