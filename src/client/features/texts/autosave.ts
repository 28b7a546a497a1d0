import { createStore, type Store } from '#client/lib/store.ts';
import type { SaveDraftResult, Theirs } from '#shared/texts.ts';

/** `failed`: it will be tried again by itself. `refused`: the server will not take this text, whatever is tried. */
export type SaveStatus = 'saved' | 'waiting' | 'saving' | 'failed' | 'refused' | 'conflict';

export interface SaveState {
  status: SaveStatus;
  /** What somebody else wrote, while the status is `conflict`. */
  theirs: Theirs | null;
  /** When the server last took the text; null: not in this tab. */
  at: string | null;
  error: unknown;
}

export interface AutosaveParts {
  /** What the server holds, and its revision. */
  stored: string;
  rev: number;
  /** What stands in the editor, if that is something else: a text that was not saved when the tab was closed. */
  text?: string;
  send: (baseRev: number, source: string) => Promise<SaveDraftResult>;
  /** Keeps the text on the device until the server has it; null: it has. */
  keep: (copy: { source: string; baseRev: number } | null) => void;
  /** Is there a point in trying once more? */
  isFinal: (error: unknown) => boolean;
  setTimer?: (act: () => void, ms: number) => unknown;
  clearTimer?: (timer: unknown) => void;
}

const quietMs = 800;
const longestWaitMs = 4000;
const retryMs = [1000, 2000, 4000, 8000, 15_000, 30_000];

export interface Autosave {
  state: Store<SaveState>;
  /** What was typed; it is on the device at once and goes to the server when the typing rests. */
  change(text: string): void;
  /** Sends what is unsent, now. Resolves when the server has all of it, or when that failed. */
  flush(): Promise<SaveStatus>;
  /** Something else that changes the revision: after what is on its way, and before anything that is typed meanwhile. */
  exclusively<T>(act: () => Promise<T>): Promise<T>;
  text(): string;
  rev(): number;
  /** The server says by another way what it holds now: a publication, a discarded draft. */
  adopt(stored: string, rev: number, at: string | null): void;
  /** Somebody else's text stands there. */
  meet(theirs: Theirs): void;
  /** Theirs was seen: from here on this text is written over it. */
  overrule(): void;
  stop(): void;
}

/** Saves one text after the other: what is typed meanwhile waits for the answer, so that the revisions are in a row. */
export function createAutosave(parts: AutosaveParts): Autosave {
  const { send, keep, isFinal } = parts;
  const { setTimer = (act, ms) => setTimeout(act, ms), clearTimer = (timer) => clearTimeout(timer as number) } = parts;
  let { stored, rev } = parts;
  let text = parts.text ?? stored;
  let failures = 0;
  let quiet: unknown = null;
  let latest: unknown = null;
  let sending: Promise<void> | null = null;
  let stopped = false;
  const state = createStore<SaveState>({ status: text === stored ? 'saved' : 'waiting', theirs: null, at: null, error: null });
  const set = (part: Partial<SaveState>) => state.set({ ...state.get(), ...part });

  function clearTimers(): void {
    clearTimer(quiet);
    clearTimer(latest);
    quiet = null;
    latest = null;
  }

  function schedule(ms: number): void {
    if (stopped) return;
    clearTimer(quiet);
    quiet = setTimer(() => void run(), ms);
    latest ??= setTimer(() => void run(), Math.max(ms, longestWaitMs));
  }

  function run(): Promise<void> {
    clearTimers();
    sending ??= once().finally(() => {
      sending = null;
    });
    return sending;
  }

  async function once(): Promise<void> {
    if (text === stored || state.get().status === 'conflict') return;
    const sent = text;
    set({ status: 'saving' });
    try {
      const result = await send(rev, sent);
      failures = 0;
      if (result.outcome === 'conflict') {
        meet(result.theirs);
        return;
      }
      stored = sent;
      rev = result.rev;
      set({ at: result.at, error: null });
      settle();
      if (text !== stored) schedule(quietMs);
    } catch (error) {
      set({ status: isFinal(error) ? 'refused' : 'failed', error });
      if (!isFinal(error)) schedule(retryMs[Math.min(failures, retryMs.length - 1)] ?? 0);
      failures += 1;
    }
  }

  /** Status and copy by what the server holds. */
  function settle(): void {
    const same = text === stored;
    keep(same ? null : { source: text, baseRev: rev });
    set({ status: same ? 'saved' : 'waiting' });
  }

  function meet(theirs: Theirs): void {
    clearTimers();
    // Two people have written the same, or the answer to our own text was lost on its way.
    if (theirs.source === text) {
      adopt(theirs.source, theirs.rev, theirs.at);
    } else {
      keep({ source: text, baseRev: rev });
      set({ status: 'conflict', theirs });
    }
  }

  function adopt(nextStored: string, nextRev: number, at: string | null): void {
    stored = nextStored;
    rev = nextRev;
    set({ theirs: null, at, error: null });
    settle();
    if (text !== stored) schedule(quietMs);
    else clearTimers();
  }

  if (text !== stored) schedule(quietMs);
  return {
    state,
    change(next) {
      if (next === text) return;
      text = next;
      const { status } = state.get();
      keep(text === stored && status !== 'conflict' ? null : { source: text, baseRev: rev });
      if (status === 'conflict') return;
      if (text === stored && !sending) {
        clearTimers();
        set({ status: 'saved' });
        return;
      }
      if (status !== 'saving' && status !== 'failed') set({ status: 'waiting' });
      schedule(quietMs);
    },
    async flush() {
      while (text !== stored) {
        const before = text;
        await run();
        const { status } = state.get();
        if (status === 'failed' || status === 'refused' || status === 'conflict') break;
        // Nothing moved, so nothing will.
        if (before === text && text !== stored && !sending && status !== 'waiting') break;
      }
      return state.get().status;
    },
    async exclusively(act) {
      while (sending) await sending;
      const acting = act();
      sending = acting.then(
        () => undefined,
        () => undefined,
      );
      try {
        return await acting;
      } finally {
        sending = null;
        if (text !== stored && state.get().status !== 'conflict') schedule(quietMs);
      }
    },
    text: () => text,
    rev: () => rev,
    adopt,
    meet,
    overrule() {
      const { theirs } = state.get();
      if (!theirs) return;
      stored = theirs.source;
      rev = theirs.rev;
      set({ theirs: null });
      settle();
      void run();
    },
    stop() {
      clearTimers();
      stopped = true;
    },
  };
}
