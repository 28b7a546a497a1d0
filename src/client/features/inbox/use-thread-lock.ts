import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { ChatLockResult, HolderDto } from '#shared/inbox.ts';
import { holderAt, lockCall } from './lock-rules.ts';

/**
 * A student's thread is this teacher's while they write: taken with the first key, renewed as they go on, given back by hand, by sending or by time.
 * @param holder who has it as last read
 */
export function useThreadLock(threadId: string, holder: HolderDto | null) {
  const utils = trpc.useUtils();
  /** Another teacher was quicker, while this one was writing already. */
  const [lost, setLost] = useState(false);
  const askedAt = useRef<number | null>(null);
  const known = useRef(holder);
  known.current = holder;

  const note = async (result: ChatLockResult) => {
    // An answer that was asked for before must not put the former holder back.
    await utils.chat.inbox.thread.cancel({ threadId });
    utils.chat.inbox.thread.setData({ threadId }, (thread) => thread && { ...thread, holder: result.holder });
    void utils.chat.inbox.list.invalidate();
  };
  const asked = {
    async onSuccess(result: ChatLockResult) {
      setLost(result.outcome === 'lost');
      await note(result);
    },
  };
  const take = trpc.chat.inbox.take.useMutation(asked);
  const renew = trpc.chat.inbox.renew.useMutation(asked);
  const release = trpc.chat.inbox.release.useMutation({ onSuccess: note });

  const { mutate: takeNow } = take;
  const { mutate: renewNow } = renew;
  /** Somebody types here. What does not arrive is asked again by one of the next keys. */
  const composing = useCallback(() => {
    const now = serverNow();
    const call = lockCall(known.current, now, askedAt.current);
    if (!call) return;
    askedAt.current = now;
    (call === 'take' ? takeNow : renewNow)({ threadId });
  }, [threadId, takeNow, renewNow]);

  // Free again: nothing is lost any more.
  const taken = holderAt(holder, serverNow()) !== null;
  useEffect(() => {
    if (!taken) setLost(false);
  }, [taken]);

  return {
    lost,
    composing,
    releasing: release.isPending,
    releaseError: release.error,
    release(): void {
      // The next key takes it anew at once.
      askedAt.current = null;
      release.mutate({ threadId });
    },
    /** Sent: the server has ended the lock, and the next message begins another. */
    sent(): void {
      askedAt.current = null;
    },
  };
}

export type ThreadLock = ReturnType<typeof useThreadLock>;
