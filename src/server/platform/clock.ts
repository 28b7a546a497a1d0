/** The only source of «now»: tests turn it by hand. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Calendar day of an instant in a zone, as «2026-11-22». */
export function dayIn(zone: string, at: Date): string {
  // Every zone's midnight falls on a quarter of an hour. Formatting is dear, and nearly all questions are about now.
  const quarter = Math.floor(at.getTime() / 900_000);
  const known = latest.get(zone);
  if (known?.quarter === quarter) return known.day;
  const day = dayFormat(zone).format(at);
  latest.set(zone, { quarter, day });
  return day;
}

const latest = new Map<string, { quarter: number; day: string }>();
const formats = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs a hundred times more than using one; there are some 600 zone names at most.
function dayFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format;
}
