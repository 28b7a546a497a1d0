import { instantOf, isDay, isTime, wallClock } from '#shared/wall-clock.ts';

/** The same day and time as `parseOpens` reads them: what clocks in the zone show at an instant, to the minute. */
export function opensText(at: Date, zone: string): string {
  return new Date(wallClock(at.getTime(), zone)).toISOString().slice(0, 16).replace('T', ' ');
}

const msPerDay = 86_400_000;

/** When a topic opens, or an exam opens or closes, as its author wrote it. Days and times are those of the school's zone. */
export type Opens =
  | { kind: 'at'; on: string; time: string }
  /** So many calendar days after (before) the loading. */
  | { kind: 'in-days'; days: number; time: string }
  | { kind: 'in-minutes'; minutes: number };

/** `2026-11-26 18:00`, `-21d 18:00`, `+5m`; null for anything else, such as 30 February. */
export function parseOpens(text: string): Opens | null {
  const at = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(text);
  if (at) {
    const [, on = '', time = ''] = at;
    return isDay(on) && isTime(time) ? { kind: 'at', on, time } : null;
  }
  const inDays = /^([+-]\d{1,4})d (\d\d:\d\d)$/.exec(text);
  if (inDays) {
    const [, days = '', time = ''] = inDays;
    return isTime(time) ? { kind: 'in-days', days: Number(days), time } : null;
  }
  const inMinutes = /^([+-]\d{1,6})m$/.exec(text);
  return inMinutes ? { kind: 'in-minutes', minutes: Number(inMinutes[1]) } : null;
}

/** Files know minutes of the school's clock: an instant that the clock shows so is meant, with its seconds and in its hour of a night that has two. */
export function instantAsWritten(opens: Opens, stored: Date | null, now: Date, zone: string): Date {
  const isMeant = opens.kind === 'at' && stored !== null && opensText(stored, zone) === `${opens.on} ${opens.time}`;
  return isMeant ? stored : openingInstant(opens, now, zone);
}

export function openingInstant(opens: Opens, now: Date, zone: string): Date {
  switch (opens.kind) {
    case 'at':
      return instantOf(opens.on, opens.time, zone);
    case 'in-days': {
      const day = new Date(Math.floor(wallClock(now.getTime(), zone) / msPerDay + opens.days) * msPerDay);
      return instantOf(day.toISOString().slice(0, 10), opens.time, zone);
    }
    case 'in-minutes':
      return new Date(now.getTime() + opens.minutes * 60_000);
  }
}
