import type { SignalsDto } from '#shared/chat.ts';
import { typingShownMs } from '#shared/chat-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { resync } from '../../../platform/bus.ts';
import { defineFeed, type FeedReader, gap } from '../../../platform/feed.ts';
import { accessThread } from '../access.ts';
import { readState, type ThreadState, type Typing, toSignalsDto } from './queries.ts';

interface Passing {
  state: ThreadState | null;
  typing: Typing;
}

/** However much goes on in a thread, its readers hear of it no more often than this. */
const everyMs = 250;
/** Nor is a database that does not answer asked more often. */
const afterFailureMs = 2000;

/** One for a thread and process: reads what all share once, however many hints came and however many listen. */
const passing = defineFeed<Passing>((app, threadId, outlet) => {
  const typing = new Map<string, { name: string; teacher: boolean; until: number }>();
  let state: ThreadState | null | undefined;
  let stale = true;
  let pending: NodeJS.Timeout | null = null;
  let waking: NodeJS.Timeout | null = null;
  let lastAt = 0;
  let ended = false;

  function soon(): void {
    pending ??= setTimeout(() => void tell(), Math.max(0, lastAt + everyMs - performance.now()));
  }

  async function tell(): Promise<void> {
    lastAt = performance.now();
    try {
      if (stale || state === undefined) {
        stale = false;
        state = await readState(app, threadId);
      }
    } catch (error) {
      app.log.error({ err: error, threadId }, 'the state of a thread could not be read');
      stale = true;
      lastAt += afterFailureMs;
      outlet.lost();
    }
    pending = null;
    if (ended) return;
    const now = performance.now();
    for (const [id, { until }] of typing) if (until <= now) typing.delete(id);
    if (state !== undefined) outlet.push({ state, typing: new Map([...typing].map(([id, { name, teacher }]) => [id, { name, teacher }])) });
    wakeAtNextEnd(now);
    if (stale) soon();
  }

  /** Typing and locks end by themselves. */
  function wakeAtNextEnd(now: number): void {
    if (waking) clearTimeout(waking);
    const ends = [...typing.values()].map(({ until }) => until - now);
    const heldMs = state?.heldUntil ? state.heldUntil.getTime() - app.clock.now().getTime() : 0;
    if (heldMs > 0) ends.push(heldMs);
    waking = ends.length === 0 ? null : setTimeout(soon, Math.max(1, Math.min(...ends)));
  }

  const unfollow = app.bus.follow(`thread:${threadId}`, (hint) => {
    if (hint === resync) {
      stale = true;
      outlet.lost();
      return;
    }
    if (hint.kind === 'typing') {
      typing.set(hint.personId, { name: hint.name, teacher: hint.teacher, until: performance.now() + typingShownMs });
    } else {
      stale = true;
      // A message ends the typing of whoever wrote it. Who goes on typing says so again within seconds.
      if (hint.kind === 'changed') typing.clear();
    }
    soon();
  });
  // Of a lock that stands already nobody tells, and its end is to be told.
  soon();
  return () => {
    ended = true;
    unfollow();
    if (pending) clearTimeout(pending);
    if (waking) clearTimeout(waking);
  };
}, 4);

/**
 * The whole state at once, then whenever it is another one.
 * @throws AppError CHAT_NOT_FOUND, also in the middle, when the thread has gone
 */
export async function streamSignals(
  app: App,
  actor: PersonActor,
  input: { threadId: string },
  signal: AbortSignal,
): Promise<AsyncGenerator<SignalsDto, void>> {
  const feed = passing(app, input.threadId, signal);
  const read = async () => {
    await accessThread(app, actor, input.threadId);
    return toSignalsDto(app, actor, await readState(app, input.threadId), new Map());
  };
  try {
    return yieldSignals(app, actor, await read(), read, feed);
  } catch (error) {
    await feed.return?.();
    throw error;
  }
}

async function* yieldSignals(
  app: App,
  actor: PersonActor,
  first: SignalsDto,
  read: () => Promise<SignalsDto>,
  feed: FeedReader<Passing>,
): AsyncGenerator<SignalsDto, void> {
  try {
    let told = JSON.stringify(first);
    yield first;
    for await (const item of feed) {
      const dto = item === gap ? await read() : toSignalsDto(app, actor, item.state, item.typing);
      const text = JSON.stringify(dto);
      if (text === told) continue;
      told = text;
      yield dto;
    }
  } finally {
    await feed.return?.();
  }
}
