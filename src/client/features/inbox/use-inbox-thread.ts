import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { inboxPollMs } from './use-inbox-rows.ts';

/** The open thread, without its messages: those are the chat's own. */
export function useInboxThread(threadId: string | undefined) {
  return trpc.chat.inbox.thread.useQuery(
    { threadId: threadId ?? '' },
    { enabled: threadId !== undefined, staleTime: anewUnlessSent, refetchInterval: inboxPollMs },
  );
}
