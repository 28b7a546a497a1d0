import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { MessageDto } from '#shared/chat.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { resync } from '../../../platform/bus.ts';
import { defineFeed, type FeedReader, gap } from '../../../platform/feed.ts';
import { accessThread } from '../access.ts';
import { changesAtOnce, messageFor, readChanges } from '../messages/queries.ts';

/** A changed message, read and rendered once for all its readers in this process. */
interface Change {
  rev: number;
  dtoFor: ReturnType<typeof messageFor>;
}

/** A transaction changes at most a message and what was looked for before it. */
const changesOfOne = 2;

const changesOf = defineFeed<Change>((app, threadId, outlet) => {
  // Read up to here; null: not begun. What was committed before the first hint was heard is in every reader's own replay.
  let cursor: number | null = null;
  let wanted = 0;
  let reading = false;

  async function catchUp(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      while (cursor !== null && cursor < wanted) {
        const upTo = wanted;
        const rows = await readChanges(app, threadId, cursor);
        // What nobody has told of yet waits for its hint: hints keep their order, so that of a block stands before what was written after it.
        const told = rows.filter(({ rev }) => rev <= wanted);
        for (const row of told) outlet.push({ rev: row.rev, dtoFor: messageFor(app, row) });
        const readTo = rows.length === changesAtOnce ? Math.min(upTo, rows.at(-1)?.rev ?? upTo) : upTo;
        if (cursor !== null) cursor = Math.max(cursor, readTo, told.at(-1)?.rev ?? 0);
      }
    } catch (error) {
      app.log.error({ err: error, threadId }, 'changes of a thread could not be read');
      cursor = wanted;
      outlet.lost();
    } finally {
      reading = false;
    }
  }

  return app.bus.follow(`thread:${threadId}`, (hint) => {
    if (hint === resync) {
      cursor = null;
      outlet.lost();
    } else if (hint.kind === 'changed') {
      cursor ??= hint.rev - changesOfOne;
      wanted = Math.max(wanted, hint.rev);
      void catchUp();
    }
  });
});

interface Input {
  threadId: string;
  after: number;
  lastEventId?: string | null | undefined;
}

/**
 * All that changed after the reader's cursor, then all that changes: nothing is left out, and nothing comes twice. What a reader gets is a state of the
 * message, not an event: two changes shortly after each other may come as the later one.
 * @throws AppError CHAT_NOT_FOUND, also in the middle, when the thread has gone
 */
export async function streamChanges(
  app: App,
  actor: PersonActor,
  input: Input,
  signal: AbortSignal,
): Promise<AsyncGenerator<TrackedEnvelope<MessageDto>, void>> {
  // Attached before anything is read: what is committed from here on is heard.
  const feed = changesOf(app, input.threadId, signal);
  try {
    await accessThread(app, actor, input.threadId);
  } catch (error) {
    await feed.return?.();
    throw error;
  }
  return yieldChanges(app, actor, input, feed, signal);
}

async function* yieldChanges(app: App, actor: PersonActor, input: Input, feed: FeedReader<Change>, signal: AbortSignal) {
  let cursor = Math.max(input.after, Number(input.lastEventId ?? 0));
  try {
    yield* replayed();
    for await (const change of feed) {
      if (change === gap) {
        await accessThread(app, actor, input.threadId);
        yield* replayed();
      } else if (change.rev > cursor) {
        cursor = change.rev;
        yield tracked(String(cursor), change.dtoFor(actor));
      }
    }
  } finally {
    await feed.return?.();
  }

  async function* replayed() {
    for (;;) {
      const rows = await readChanges(app, input.threadId, cursor);
      for (const row of rows) {
        if (signal.aborted) return;
        cursor = row.rev;
        yield tracked(String(row.rev), messageFor(app, row)(actor));
      }
      if (rows.length < changesAtOnce) return;
    }
  }
}
