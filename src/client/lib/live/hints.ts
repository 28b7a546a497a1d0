import type { MineHint } from '#shared/live.ts';

export type HintKind = MineHint['kind'];
export const allHints: readonly HintKind[] = ['unread', 'inbox', 'rooms', 'notices', 'payments'];

/** Hints come in bursts (a lively room, a class that writes at once), and one question answers all of them. */
export function createHints(ask: (kinds: ReadonlySet<HintKind>) => void, everyMs = 400) {
  let waiting = new Set<HintKind>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    if (waiting.size === 0) return;
    const kinds = waiting;
    waiting = new Set();
    timer = setTimeout(tell, everyMs);
    ask(kinds);
  }

  return {
    /** The first of a burst is told at once, the rest of it together. */
    note(kinds: readonly HintKind[]): void {
      for (const kind of kinds) waiting.add(kind);
      if (timer === undefined) tell();
    },
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
    },
  };
}
