/** The calendar day a month after an instant by the school's clock, «2026-02-28»: the 31st of January is followed by the last of February. */
export function nextChargeDay(now: number, zone: string): string {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .format(now)
    .split('-')
    .map(Number);
  // Months of `Date` count from 0: `month` is the next one, and its day 0 after that is the last of it.
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
}
