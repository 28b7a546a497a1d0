import { useQuery } from '@tanstack/react-query';
import { deviceMemory } from '#client/lib/memory.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';

/**
 * The student's thread of support, made when it is first opened; there is one for ever, so it is remembered: without a network the chat opens all
 * the same, with what waits to be sent. A query, because opening twice does no harm and a lost connection is to be tried again.
 */
export function useSupportThread() {
  const { client, chat } = trpc.useUtils();
  const personId = usePersonId();
  const key = `support-thread.${personId}`;
  return useQuery({
    queryKey: ['support-thread', personId],
    queryFn: async () => {
      const { threadId } = await client.chat.openSupport.mutate({});
      deviceMemory.write(key, threadId);
      return threadId;
    },
    // What came with the page, or is known from before.
    initialData: () => chat.mine.getData()?.find(({ kind }) => kind === 'support')?.id ?? deviceMemory.read(key) ?? undefined,
    initialDataUpdatedAt: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
