/** When a topic opens, as its author wrote it. Days and times are those of the school's zone. */
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

const msPerDay = 86_400_000;

/**
 * The instant at which clocks in the zone show this day and time. Where clocks were put back and show it twice, the first; where they were
 * put forward and skip it, as much after the change as the time is after the skipped hour's beginning.
 */
export function instantOf(on: string, time: string, zone: string): Date {
  const wall = Date.parse(`${on}T${time}:00Z`);
  // No zone is a day away from UTC, and none changes its clocks twice in two days.
  const before = wallClock(wall - msPerDay, zone) - (wall - msPerDay);
  const after = wallClock(wall + msPerDay, zone) - (wall + msPerDay);
  const candidates = [wall - before, wall - after].filter((instant) => wallClock(instant, zone) === wall);
  return new Date(candidates.length === 0 ? wall - before : Math.min(...candidates));
}

/** What clocks in the zone show at an instant, as milliseconds of a clock that stood at UTC. */
function wallClock(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && day.getUTCFullYear() >= 2000;
}

function isTime(text: string): boolean {
  const [hours = 24, minutes = 60] = text.split(':').map(Number);
  return hours < 24 && minutes < 60;
}
