import { latinLetters } from '#shared/latin.ts';
import { dayAndTime, dayPlus, daysBetween, instantOf } from '#shared/wall-clock.ts';

/** The list with one of its things moved before another, or to the end; null where the other is not in it. */
export function movedBefore(order: readonly string[], id: string, beforeId: string | null): string[] | null {
  if (beforeId === id) return [...order];
  const rest = order.filter((other) => other !== id);
  if (beforeId === null) return [...rest, id];
  const at = rest.indexOf(beforeId);
  return at === -1 ? null : rest.toSpliced(at, 0, id);
}

/** What it stands before now: moving it back there takes the move back. */
export function nextTo(order: readonly string[], id: string): string | null {
  return order[order.indexOf(id) + 1] ?? null;
}

export interface Place {
  id: string;
  opensAt: Date;
  deleted: boolean;
}

/**
 * Topics in a new order with their dates. Dates belong to places, not to topics: the third topic opens when the third topic was to open. What is
 * deleted takes part in no dates and keeps its own, so that it comes back as it was.
 */
export function keepDates(before: readonly Place[], order: readonly string[]): Place[] {
  const dates = before.filter((place) => !place.deleted).map((place) => place.opensAt);
  const byId = new Map(before.map((place) => [place.id, place]));
  let shown = 0;
  return order.flatMap((id) => {
    const place = byId.get(id);
    if (!place) return [];
    if (place.deleted) return [place];
    const opensAt = dates[shown] ?? place.opensAt;
    shown += 1;
    return [{ ...place, opensAt }];
  });
}

/** The same wall-clock time so many calendar days later, whatever clocks do in between. */
export function openingPlus(at: Date, days: number, zone: string): Date {
  const { on, time } = dayAndTime(at, zone);
  return instantOf(dayPlus(on, days), time, zone);
}

/** Moves a year's dates so that the first of the openings falls on a day, each at the time of day it had in the school's zone. */
export function shiftTo(firstOn: string, openings: readonly Date[], zone: string): (at: Date) => Date {
  const first = openings.reduce<Date | null>((least, at) => (least === null || at < least ? at : least), null);
  if (!first) return (at) => at;
  const days = daysBetween(dayAndTime(first, zone).on, firstOn);
  return (at) => openingPlus(at, days, zone);
}

const hour = '18:00';

/** When a topic opens that was just added: a week after the last one, and in an empty course in a week. */
export function openingAfter(last: Date | null, now: Date, zone: string): Date {
  if (last) return openingPlus(last, 7, zone);
  return instantOf(dayPlus(dayAndTime(now, zone).on, 7), hour, zone);
}

// Addresses of courses, topics and tasks write two letters as passports do.
const latin: typeof latinLetters = { ...latinLetters, х: 'kh', щ: 'shch' };

/** Leaves room for «-123» within the 60 characters of a slug. */
const slugLimit = 56;

/** A title in Latin letters, for addresses; `otherwise` where nothing of it can be written so. */
export function slugOf(title: string, otherwise: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFC')
    .replace(/[а-яё]/g, (letter) => latin[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let slug = '';
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word.slice(0, slugLimit);
    if (longer.length > slugLimit) break;
    slug = longer;
  }
  return slug || otherwise;
}

/** The slug, with a number behind it where it is taken. */
export function freeSlug(slug: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(slug)) return slug;
  for (let number = 2; ; number += 1) if (!used.has(`${slug}-${number}`)) return `${slug}-${number}`;
}

/** «Логарифмы (копия)», within the limit of titles. */
export function copyTitle(title: string, limit: number): string {
  const tail = ' (копия)';
  return `${[...title]
    .slice(0, limit - tail.length)
    .join('')
    .trimEnd()}${tail}`;
}
