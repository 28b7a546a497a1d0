/** Updates on their way to the bot: kept until they are confirmed, handed over to a poll or to a webhook. */
import type { Update } from 'grammy/types';
import { ApiError } from './api-error.ts';
import type { FaultSource } from './faults.ts';
import type { Keeper } from './state.ts';

/** These are handed over only to those who ask for them. */
const askedForOnly = ['chat_member', 'message_reaction', 'message_reaction_count'];

export interface Poll {
  offset: number | undefined;
  limit: number;
  timeoutSeconds: number;
  /** Aborted when the connection is gone. */
  gone: AbortSignal;
}

export interface Updates {
  push(kind: string, body: Record<string, unknown>): Update;
  poll(poll: Poll): Promise<Update[]>;
  pending(): Update[];
  /** The first one waiting is confirmed, or all of them are thrown away. */
  confirm(updateId: number): void;
  drop(): void;
  /** Ends the poll that waits, if one does. */
  endPoll(error: ApiError): void;
  /** Called whenever something waits. */
  onPush(listener: () => void): void;
  /** As it is handed over: with fields nobody knows, if that is asked for. */
  dressed(update: Update): Update;
}

interface Waiting {
  answer(updates: Update[]): void;
  refuse(error: ApiError): void;
}

export function createUpdates({ state, touch }: Keeper, faults: FaultSource): Updates {
  let waiting: Waiting | null = null;
  /** Confirmed, and handed over once more all the same. */
  let again: Update[] = [];
  let listener = () => {};

  function confirmWhere(isConfirmed: (update: Update) => boolean) {
    const { duplicates } = faults.current();
    const confirmed = state.updates.filter(isConfirmed);
    if (confirmed.length === 0) return;
    state.updates = state.updates.filter((update) => !isConfirmed(update));
    again.push(...confirmed.filter(() => faults.chance(duplicates)));
    touch();
  }

  function takeBatch(offset: number | undefined, limit: number): Update[] {
    // A negative offset counts from the end, and what lies before is forgotten.
    if (offset !== undefined && offset < 0) state.updates = state.updates.slice(offset);
    else if (offset !== undefined) confirmWhere(({ update_id: id }) => id < offset);
    const batch = [...again, ...state.updates].slice(0, limit);
    again = again.slice(limit);
    for (let at = 1; at < batch.length; at++) {
      const [earlier, later] = [batch[at - 1], batch[at]];
      if (earlier && later && faults.chance(faults.current().reordered)) [batch[at - 1], batch[at]] = [later, earlier];
    }
    return batch.map(dressed);
  }

  function dressed(update: Update): Update {
    if (!faults.current().unknownFields) return update;
    const strange = { field_of_tomorrow: { depth: 1, list: [null, 'ё'] } };
    const parts = Object.entries(update).map(([name, part]) => [name, typeof part === 'object' ? { ...part, ...strange } : part]);
    return { ...Object.fromEntries(parts), ...strange };
  }

  return {
    dressed,
    push(kind, body) {
      const update = { update_id: state.nextUpdateId, [kind]: body } as Update;
      const wanted = state.allowedUpdates;
      if (wanted ? !wanted.includes(kind) : askedForOnly.includes(kind)) return update;
      state.nextUpdateId += 1;
      state.updates.push(update);
      touch();
      listener();
      waiting?.answer([]);
      return update;
    },
    async poll({ offset, limit, timeoutSeconds, gone }) {
      waiting?.refuse(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
      const batch = takeBatch(offset, limit);
      if (batch.length > 0 || timeoutSeconds <= 0) return batch;
      let timer: NodeJS.Timeout | undefined;
      const mine = await new Promise<Waiting>((resolve, reject) => {
        const self: Waiting = { answer: () => resolve(self), refuse: reject };
        waiting = self;
        timer = setTimeout(() => resolve(self), timeoutSeconds * 1000);
        gone.addEventListener('abort', () => resolve(self), { once: true });
      }).finally(() => {
        clearTimeout(timer);
      });
      if (waiting === mine) waiting = null;
      // Nobody reads the answer: a duplicate that is to come must not be lost in it.
      return gone.aborted ? [] : takeBatch(undefined, limit);
    },
    pending: () => state.updates,
    confirm: (updateId) => confirmWhere(({ update_id: id }) => id === updateId),
    drop() {
      state.updates = [];
      again = [];
      touch();
    },
    endPoll(error) {
      waiting?.refuse(error);
      waiting = null;
    },
    onPush(next) {
      listener = next;
    },
  };
}

export const conflict = (reason: string): ApiError => new ApiError(409, `Conflict: ${reason}`);
