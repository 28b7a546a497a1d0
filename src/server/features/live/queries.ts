import { setTimeout as sleep } from 'node:timers/promises';
import type { MineHint } from '#shared/live.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { resync } from '../../platform/bus.ts';

/** Hints that come within this are one: a busy school must not make every tab ask all the time. */
const paceMs = 500;

/** What concerns this person, from now on. The first hint at once, those behind it merged: of each kind at most two a second. */
export async function* followMine(app: App, actor: PersonActor, signal: AbortSignal): AsyncGenerator<MineHint, void> {
  const kinds: MineHint['kind'][] =
    actor.role === 'moderator' ? ['unread', 'inbox', 'rooms', 'notices', 'payments'] : ['unread', 'notices', 'payments'];
  // By kind the thread, or null for several: there are never more hints here than kinds.
  const waiting = new Map<MineHint['kind'], string | null>();
  let wake = () => {};
  const hear = (hint: MineHint | typeof resync) => {
    const hints = hint === resync ? kinds.map((kind) => ({ kind, threadId: null })) : [hint];
    for (const { kind, threadId } of hints) waiting.set(kind, waiting.has(kind) && waiting.get(kind) !== threadId ? null : threadId);
    wake();
  };
  const unfollow = [app.bus.follow(`person:${actor.id}`, hear), app.bus.follow('everyone', hear)];
  if (actor.role === 'moderator') unfollow.push(app.bus.follow('moderators', hear));
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      if (waiting.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const hints = [...waiting].map(([kind, threadId]) => ({ kind, threadId }));
      waiting.clear();
      yield* hints;
      await sleep(paceMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    for (const end of unfollow) end();
  }
}
