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
export function wallClock(instant: number, zone: string): number {
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

/** Calendar day and time on the zone's clocks, as forms have them: «2026-11-26», «18:00». */
export function dayAndTime(at: string | Date, zone: string): { on: string; time: string } {
  const wall = new Date(wallClock(new Date(at).getTime(), zone)).toISOString();
  return { on: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** A day so many calendar days later. */
export function dayPlus(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10);
}

/** Calendar days from one to the other. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** «2026-11-26»; not 30 February, and no year that nobody means. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  const year = day.getUTCFullYear();
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && year >= 2000 && year < 2200;
}

/** «18:00» */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
