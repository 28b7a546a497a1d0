import { createStore, type Store } from '#client/lib/store.ts';

export interface SaverState<T> {
  /** Chosen here and not with the server yet, by what it is about. */
  waiting: ReadonlyMap<string, T>;
  /** Why the last try failed; what waits then waits for `retry`. */
  failed: { error: unknown } | null;
  saved: ReadonlySet<string>;
}

export interface Saver<T> {
  state: Store<SaverState<T>>;
  /** What is chosen again before it was sent is sent once, as it was chosen last. */
  want(about: string, change: T): void;
  retry(): void;
}

interface SaverOptions<T> {
  send: (change: T) => Promise<unknown>;
  onSaved: (change: T) => void;
}

/** Takes changes to the server one at a time, so that the last choice is the one that stays. */
export function createSaver<T>({ send, onSaved }: SaverOptions<T>): Saver<T> {
  const state = createStore<SaverState<T>>({ waiting: new Map(), failed: null, saved: new Set() });
  let busy = false;

  async function run(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = first(); next && state.get().failed === null; next = first()) await take(...next);
    busy = false;
  }

  const first = () => state.get().waiting.entries().next().value;

  async function take(about: string, change: T): Promise<void> {
    try {
      await send(change);
    } catch (error) {
      state.set({ ...state.get(), failed: { error } });
      return;
    }
    onSaved(change);
    const { waiting, saved } = state.get();
    if (waiting.get(about) !== change) return;
    state.set({
      waiting: new Map([...waiting].filter(([key]) => key !== about)),
      failed: null,
      saved: new Set([...saved, about]),
    });
  }

  return {
    state,
    want(about, change) {
      const { waiting, saved } = state.get();
      state.set({
        waiting: new Map([...waiting, [about, change]]),
        failed: null,
        saved: new Set([...saved].filter((key) => key !== about)),
      });
      void run();
    },
    retry() {
      state.set({ ...state.get(), failed: null });
      void run();
    },
  };
}
