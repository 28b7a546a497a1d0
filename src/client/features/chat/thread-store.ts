import type { HistoryDto, MessageDto } from '#shared/chat.ts';

export interface ThreadView {
  /** `failed`: nothing could be loaded yet; the reason stands in `error`. */
  phase: 'loading' | 'ready' | 'failed';
  error: unknown;
  /** In the order of the thread, from the earliest page that was loaded. */
  messages: readonly MessageDto[];
  /** There are earlier ones. */
  more: boolean;
  older: 'idle' | 'loading' | 'failed';
}

export interface ThreadStoreOptions {
  history: (before: number | undefined) => Promise<HistoryDto>;
  /**
   * Follows all that changes after what `after` names, which is asked anew whenever the stream begins anew (a lost connection).
   * @returns ends it
   */
  follow: (after: () => number, onChange: (message: MessageDto) => void) => () => void;
  /** A message that the thread had not before: not of the first page nor of earlier ones. */
  onNew?: (message: MessageDto) => void;
  /** How long a place may stay empty between two messages before it is asked for. */
  gapMs?: number;
}

export type ThreadStore = ReturnType<typeof createThreadStore>;

/**
 * The messages of one thread, out of pages of history, a stream of changes and the answers to what was sent from here. These come in any order and
 * more than once; of each message the version with the greatest `rev` counts, so the result is the same. Places are without a gap on the server: one
 * that stays empty here is asked for.
 */
export function createThreadStore(options: ThreadStoreOptions) {
  const { gapMs = 3000 } = options;
  const bySeq = new Map<number, MessageDto>();
  const listeners = new Set<() => void>();
  let state: Omit<ThreadView, 'messages'> = { phase: 'loading', error: null, more: false, older: 'idle' };
  let view: ThreadView | null = null;
  /** Changes up to here have been seen: moved by the first page and by the stream only, for they leave nothing out. */
  let cursor = 0;
  /** Of the earliest message that was loaded as part of a page: changes of earlier ones are kept, but not shown before their page has come. */
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  /** How many are known from `first` on. */
  let inside = 0;
  let stopFollowing: (() => void) | null = null;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  let gapTries = 0;
  let loading: Promise<void> | null = null;
  let closed = false;

  function tell(part: Partial<typeof state> = {}): void {
    state = { ...state, ...part };
    view = null;
    for (const listener of listeners) listener();
  }

  /** @returns whether anything is other than before */
  function take(message: MessageDto): boolean {
    const known = bySeq.get(message.seq);
    if (known && known.rev >= message.rev) return false;
    bySeq.set(message.seq, message);
    last = Math.max(last, message.seq);
    if (!known && message.seq >= first) inside += 1;
    if (!known && message.seq >= first && state.phase === 'ready') options.onNew?.(message);
    return true;
  }

  /** Changes come in the order in which they were made, so a place may stand empty for a moment without anything being lost. */
  function watchGaps(): void {
    if (gapTimer !== undefined || !hasGap()) return;
    gapTimer = setTimeout(fill, Math.min(60_000, gapMs * 2 ** gapTries));
  }

  const hasGap = () => last - first + 1 > inside;

  async function fill(): Promise<void> {
    let filled = false;
    for (let before = gapEnd(); before !== null && !closed; before = gapEnd()) {
      const page = await options.history(before).catch(() => null);
      const found = page?.messages.filter(take).length ?? 0;
      if (found === 0) break;
      filled = true;
      tell();
    }
    gapTimer = undefined;
    gapTries = filled ? 0 : gapTries + 1;
    if (!closed) watchGaps();
  }

  /** The first message behind the last empty place; null: there is none. */
  function gapEnd(): number | null {
    if (!hasGap()) return null;
    for (let seq = last; seq > first; seq--) if (bySeq.has(seq) && !bySeq.has(seq - 1)) return seq;
    return null;
  }

  /** The newest page: the first one, or a look where no stream can be had. */
  async function loadNewest(): Promise<void> {
    if (state.phase === 'failed') tell({ phase: 'loading', error: null });
    try {
      const page = await options.history(undefined);
      if (closed) return;
      if (state.phase === 'ready') {
        if (page.messages.filter(take).length > 0) tell();
        watchGaps();
        return;
      }
      first = page.messages[0]?.seq ?? 1;
      for (const message of page.messages) take(message);
      cursor = page.rev;
      tell({ phase: 'ready', error: null, more: page.more });
      stopFollowing ??= options.follow(() => cursor, changed);
    } catch (error) {
      if (!closed && state.phase !== 'ready') tell({ phase: 'failed', error });
    }
  }

  function changed(message: MessageDto): void {
    if (closed) return;
    cursor = Math.max(cursor, message.rev);
    if (!take(message)) return;
    tell();
    watchGaps();
  }

  return {
    /** Messages as they are now: the same object until something changes. */
    get(): ThreadView {
      view ??= { ...state, messages: [...bySeq.values()].filter(({ seq }) => seq >= first).sort((a, b) => a.seq - b.seq) };
      return view;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** Loads the newest page and follows from there; again after a failure, or to look where nothing is told by itself. */
    load(): Promise<void> {
      loading ??= loadNewest().finally(() => {
        loading = null;
      });
      return loading;
    },

    async loadOlder(): Promise<void> {
      if (state.phase !== 'ready' || !state.more || state.older === 'loading') return;
      tell({ older: 'loading' });
      try {
        const page = await options.history(first);
        if (closed) return;
        // Counted anew below: some of the page may have come as changes before it.
        for (const message of page.messages) take(message);
        first = page.messages[0]?.seq ?? first;
        inside = [...bySeq.keys()].filter((seq) => seq >= first).length;
        tell({ older: 'idle', more: page.more });
        watchGaps();
      } catch {
        if (!closed) tell({ older: 'failed' });
      }
    },

    /** What the server answered to something done here: the stream may bring it earlier or later. */
    answered(message: MessageDto): void {
      if (state.phase !== 'ready' || closed) return;
      if (!take(message)) return;
      tell();
      watchGaps();
    },

    close(): void {
      closed = true;
      clearTimeout(gapTimer);
      stopFollowing?.();
      listeners.clear();
    },
  };
}
