import type { MessageDto } from '#shared/chat.ts';

/** How many messages are drawn at first, and how many more with each step up. */
export const windowSize = 60;
export const windowStep = 50;
/** With more than this drawn, what is far above is let go again once the newest are looked at. */
const windowMost = 200;

/** The place from which on messages are drawn. */
export function firstShown(messages: readonly MessageDto[], from: number | null, atBottom: boolean): number {
  const start = messages[Math.max(0, messages.length - windowSize)]?.seq ?? 1;
  if (from === null) return start;
  const drawn = messages.length - messages.findIndex(({ seq }) => seq >= from);
  return atBottom && drawn > windowMost ? start : from;
}

/** One step further up; null: all that is loaded is drawn. */
export function stepUp(messages: readonly MessageDto[], from: number): number | null {
  const index = messages.findIndex(({ seq }) => seq >= from);
  return index > 0 ? (messages[Math.max(0, index - windowStep)]?.seq ?? null) : null;
}

export interface DayOfMessages {
  /** Calendar day of the reader. */
  day: string;
  messages: MessageDto[];
}

export function byDay(messages: readonly MessageDto[], dayOf: (at: string) => string): DayOfMessages[] {
  const days: DayOfMessages[] = [];
  for (const message of messages) {
    const day = dayOf(message.at);
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
}
