import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { trpc } from '#client/lib/trpc.ts';
import type { AudienceCountDto } from '#shared/news.ts';
import { audienceOf, type NewsFields } from './news-fields.ts';

/** Between two keys of somebody who types a number. */
const restMs = 300;
/** Students come and go while one writes. */
const refreshMs = 60_000;

/** Everybody whom it reaches in some way: the number in the button, and the one that is agreed to. */
export const reachedOf = ({ total, nobody }: AudienceCountDto): number => total - nobody;

/** Whom it would reach at this moment. `id` null: the server has no list of its own yet. Without an audience nothing is asked. */
export function useAudienceCount(id: string | null, fields: NewsFields, listed: number) {
  const { site, telegram, email } = fields;
  const to = audienceOf(fields);
  const ready = to !== null && (to.audience !== 'list' || (id !== null && listed > 0));
  const wanted = JSON.stringify(ready ? { id, to, channels: { site, telegram, email }, listed } : null);
  const [rested] = useDebouncedValue(wanted, restMs);
  const asked: { id: string | null; to: NonNullable<typeof to>; channels: { site: boolean; telegram: boolean; email: boolean } } | null =
    JSON.parse(rested);
  const count = trpc.news.office.count.useQuery(
    asked
      ? { id: asked.id, to: asked.to, channels: asked.channels }
      : { id: null, to: { audience: 'all' }, channels: { site, telegram, email } },
    { enabled: asked !== null, placeholderData: keepPreviousData, staleTime: 0, refetchInterval: refreshMs },
  );
  const settled = ready && wanted === rested && !count.isPlaceholderData;
  return {
    /** Null: it is not known for what is chosen now. */
    count: settled ? (count.data ?? null) : null,
    /** The last known one, to be shown pale meanwhile. */
    before: ready ? (count.data ?? null) : null,
    ready,
    failed: settled && count.isError,
    again: () => void count.refetch(),
  };
}

export type AudienceCount = ReturnType<typeof useAudienceCount>;
