import { useState } from 'react';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useMe } from '#client/lib/me.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { FaqArticleDto } from '#shared/support.ts';

const key = 'visitor';

/** What this browser calls itself towards the questions and answers; null while it has not voted yet. */
const knownVisitor = (): string | null => deviceMemory.read(key);

function visitor(): string {
  const known = knownVisitor();
  if (known) return known;
  const made = makeUuid();
  deviceMemory.write(key, made);
  return made;
}

/** The vote of this reader on an article, shown before the server has it; the same one again takes it back. */
export function useVote({ id, slug, vote: stored }: FaqArticleDto) {
  const me = useMe();
  const utils = trpc.useUtils();
  const [mine] = useState(knownVisitor);
  const asked = mine ?? '';
  const votes = trpc.support.votes.useQuery(
    { visitor: asked },
    { enabled: me === null && asked !== '', staleTime: Number.POSITIVE_INFINITY },
  );
  const [shown, show] = useState<boolean | null | undefined>(undefined);
  const ofGuest = votes.data?.find((one) => one.articleId === id)?.helped ?? null;
  const vote = shown !== undefined ? shown : me ? stored : ofGuest;
  const send = trpc.support.vote.useMutation({
    // One after the other: of two quick presses the last one counts.
    scope: { id: `vote-${id}` },
    onSuccess(_, { helped, visitor: by }) {
      utils.support.article.setData({ slug }, (before) => before && { ...before, vote: helped });
      utils.support.votes.setData({ visitor: by }, (before = []) => [
        ...before.filter((one) => one.articleId !== id),
        ...(helped === null ? [] : [{ articleId: id, helped }]),
      ]);
    },
    // What the server holds is shown again.
    onError: () => show(undefined),
  });
  return {
    vote,
    /** Something was pressed since the answer was opened. */
    touched: shown !== undefined,
    error: send.isError ? send.error : null,
    press(helped: boolean) {
      const next = vote === helped ? null : helped;
      show(next);
      send.mutate({ articleId: id, helped: next, visitor: visitor() });
    },
  };
}
