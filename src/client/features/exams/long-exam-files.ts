import { createStore } from '#client/lib/store.ts';

interface Memory {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

/** The long answer that a file belongs to. */
export interface Place {
  attemptId: string;
  taskId: string;
}

/** A file between the choice and its place on the server. */
export interface MovingFile extends Place {
  key: string;
  name: string;
  size: number;
  sent: number;
  /** A small picture of a picture, as a data URL. */
  thumb: string | null;
  /** Place among the others of the answer. */
  at: number;
  /** Of the upload when it has arrived: from here on only its place has to be asked for. */
  uploadId: string | null;
}

export interface RefusedFile extends Place {
  key: string;
  name: string;
  error: unknown;
}

export interface ExamFilesOptions {
  memory: Memory;
  personId: string;
  /** Sends the bytes, however long it takes. Throws what cannot be mended by waiting. */
  upload: (file: File, moving: MovingFile, on: { progress: (sent: number) => void; signal: AbortSignal }) => Promise<string>;
  /** Gives an upload its place. */
  lay: (place: Place & { uploadId: string; at: number }) => Promise<void>;
  thumbOf: (file: File) => Promise<string | null>;
  makeId: () => string;
  /** Does waiting help? Resolves when it is time for the next try; null: the error is the last word. */
  retryAfter: (error: unknown, failures: number) => Promise<void> | null;
}

export type ExamFiles = ReturnType<typeof createExamFiles>;

const same = (a: Place, b: Place) => a.attemptId === b.attemptId && a.taskId === b.taskId;

/**
 * Photos and files of long answers on their way into an exam, for one person of this tab. They go on whatever task or page is shown. One that has
 * arrived is written down until it has its place: neither a reload nor a lost connection between the two loses it.
 */
export function createExamFiles(options: ExamFilesOptions) {
  const { memory } = options;
  const memoryKey = `exam-files.${options.personId}`;
  const moving = createStore<readonly MovingFile[]>([]);
  const refused = createStore<readonly RefusedFile[]>([]);
  const cancels = new Map<string, AbortController>();

  function change(key: string, part: Partial<MovingFile>): void {
    moving.set(moving.get().map((file) => (file.key === key ? { ...file, ...part } : file)));
  }

  function drop(key: string): void {
    moving.set(moving.get().filter((file) => file.key !== key));
    remember(key, null);
  }

  /** Other tabs write to the same list: theirs stay. */
  function remember(key: string, file: MovingFile | null): void {
    const others = readArrived(memory.read(memoryKey)).filter((one) => one.key !== key);
    const next = file ? [...others, file] : others;
    memory.write(memoryKey, next.length === 0 ? null : JSON.stringify(next));
  }

  async function carry(file: MovingFile, bytes: File): Promise<void> {
    const cancel = new AbortController();
    cancels.set(file.key, cancel);
    moving.set([...moving.get(), file]);
    const drawn = options.thumbOf(bytes).then((thumb) => change(file.key, { thumb }));
    try {
      const uploadId = await options.upload(bytes, file, { progress: (sent) => change(file.key, { sent }), signal: cancel.signal });
      await drawn;
      change(file.key, { uploadId, sent: file.size });
      const arrived = moving.get().find(({ key }) => key === file.key);
      if (!arrived) return;
      remember(file.key, { ...arrived, thumb: null });
      await layDown(arrived, uploadId);
    } catch (error) {
      if (!cancel.signal.aborted) refuse(file, error);
      drop(file.key);
    } finally {
      cancels.delete(file.key);
    }
  }

  async function layDown(file: MovingFile, uploadId: string): Promise<void> {
    const { key, attemptId, taskId, at } = file;
    for (let failures = 1; ; failures += 1) {
      try {
        await options.lay({ attemptId, taskId, uploadId, at });
        drop(key);
        return;
      } catch (error) {
        const wait = options.retryAfter(error, failures);
        if (!wait) throw error;
        await wait;
        // Taken away meanwhile: the upload is forgotten by itself.
        if (!moving.get().some((one) => one.key === key)) return;
      }
    }
  }

  function refuse({ key, name, attemptId, taskId }: MovingFile, error: unknown): void {
    refused.set([...refused.get(), { key, name, attemptId, taskId, error }]);
  }

  return {
    moving,
    refused,
    of: (place: Place) => moving.get().filter((file) => same(file, place)),

    /** Begins with a file at once. */
    add(place: Place, bytes: File, at: number): void {
      const { name, size } = bytes;
      void carry({ ...place, key: options.makeId(), name, size, sent: 0, thumb: null, at, uploadId: null }, bytes);
    },

    /** An upload that has no place yet gets one: a file that was taken off is put back. */
    async layAgain(place: Place, upload: { uploadId: string; name: string; size: number; at: number }): Promise<void> {
      const file: MovingFile = { ...place, ...upload, key: options.makeId(), sent: upload.size, thumb: null };
      moving.set([...moving.get(), file]);
      remember(file.key, file);
      try {
        await layDown(file, upload.uploadId);
      } catch (error) {
        refuse(file, error);
        drop(file.key);
      }
    },

    /** Goes on with what had arrived when the page was left. */
    async goOn(): Promise<void> {
      const left = readArrived(memory.read(memoryKey)).filter(({ key }) => !moving.get().some((file) => file.key === key));
      moving.set([...moving.get(), ...left]);
      await Promise.all(
        left.map(async (file) => {
          try {
            if (file.uploadId !== null) await layDown(file, file.uploadId);
          } catch (error) {
            refuse(file, error);
            drop(file.key);
          }
        }),
      );
    },

    cancel(key: string): void {
      cancels.get(key)?.abort();
      drop(key);
    },

    refuseAll(place: Place, names: string[], error: unknown): void {
      refused.set([...refused.get(), ...names.map((name) => ({ ...place, key: options.makeId(), name, error }))]);
    },

    dismiss(key: string): void {
      refused.set(refused.get().filter((file) => file.key !== key));
    },
  };
}

function readArrived(stored: string | null): MovingFile[] {
  try {
    const list: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(list) ? list.filter(isArrived) : [];
  } catch {
    return [];
  }
}

function isArrived(item: unknown): item is MovingFile {
  if (typeof item !== 'object' || item === null) return false;
  const texts = ['key', 'attemptId', 'taskId', 'name', 'uploadId'].every((key) => typeof Reflect.get(item, key) === 'string');
  return texts && ['size', 'sent', 'at'].every((key) => typeof Reflect.get(item, key) === 'number');
}
