import type { NewsProgressDto } from '#shared/news.ts';

/** Who has it, in whatever way. */
export const deliveredOf = ({ telegram, email, instead, siteOnly }: NewsProgressDto): number => telegram + email + instead + siteOnly;

export type Segment = { name: 'sent' | 'instead' | 'failed' | 'skipped'; share: number };

/** The pieces of the bar, in their order; the rest is still to come. Empty ones are left out. */
export function segmentsOf(numbers: NewsProgressDto): Segment[] {
  const { total, telegram, email, siteOnly, instead, failed, skipped } = numbers;
  const pieces = { sent: telegram + email + siteOnly, instead, failed, skipped };
  return (['sent', 'instead', 'failed', 'skipped'] as const).flatMap((name) =>
    pieces[name] > 0 && total > 0 ? [{ name, share: pieces[name] / total }] : [],
  );
}

/** «около 3 минут»; null: nothing to say. */
export function leftOf({ state, secondsLeft }: NewsProgressDto): { unit: 'soon' | 'minutes' | 'hours'; n: number } | null {
  if (state !== 'sending' || secondsLeft === null) return null;
  if (secondsLeft < 60) return { unit: 'soon', n: 0 };
  if (secondsLeft < 90 * 60) return { unit: 'minutes', n: Math.round(secondsLeft / 60) };
  return { unit: 'hours', n: Math.round(secondsLeft / 3600) };
}
