import type { MistakeDto, MistakesDto } from '#shared/mistakes.ts';

/** Calendar days, as plain dates. */
export function isTomorrow(on: string, today: string): boolean {
  return Date.parse(on) - Date.parse(today) === 86_400_000;
}

interface Shown {
  today: string;
  cards: MistakeDto[];
}

/**
 * The cards on the page after the list was read again: those that were answered here stay under their verdicts, though they are due no more; what
 * was done elsewhere goes; what has come up since stands at the end. Another day is another list.
 * @param kept something became of the card on this page
 */
export function mergeCards(
  before: Shown | null,
  { today, due }: Pick<MistakesDto, 'today' | 'due'>,
  kept: (taskId: string) => boolean,
): Shown {
  if (before?.today !== today) return { today, cards: due };
  const fresh = new Map(due.map((card) => [card.taskId, card]));
  const stay = before.cards.flatMap((card) => {
    const known = kept(card.taskId) ? card : fresh.get(card.taskId);
    fresh.delete(card.taskId);
    return known ?? [];
  });
  return { today, cards: [...stay, ...fresh.values()] };
}
