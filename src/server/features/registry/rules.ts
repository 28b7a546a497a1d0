/** A student as the table shows them. */
export interface RegistryRow {
  registeredAt: Date;
  lastName: string;
  firstName: string;
  email: string;
  phone: string | null;
  consentVersion: string | null;
  source: string;
}

export type RegistryColumn = { header: string; width: number; kind: 'number' | 'instant' | 'text' };

export const registryColumns: RegistryColumn[] = [
  { header: '№', width: 7, kind: 'number' },
  { header: 'Дата и время', width: 18, kind: 'instant' },
  { header: 'Фамилия', width: 22, kind: 'text' },
  { header: 'Имя', width: 18, kind: 'text' },
  { header: 'Почта', width: 32, kind: 'text' },
  { header: 'Телефон', width: 18, kind: 'text' },
  { header: 'Согласие (редакция)', width: 22, kind: 'text' },
  { header: 'Источник', width: 14, kind: 'text' },
];

const sources: Record<string, string> = { site: 'сайт', import: 'импорт' };

/** The cells of a row, in the order of the columns. `wallClock` comes from `wallClockOf`. */
export function toCells(row: RegistryRow, number: number, wallClock: (at: Date) => Date): (number | Date | string | null)[] {
  const { lastName, firstName, email, phone, consentVersion } = row;
  const texts = [lastName, firstName, email, phone, consentVersion, sources[row.source] ?? row.source];
  return [number, wallClock(row.registeredAt), ...texts.map((text) => (text === null ? null : cellText(text)))];
}

const cellLimit = 32_767;

/**
 * A text as a cell can hold it: without what XML forbids (control characters, halves of pairs), and with Excel's own escapes `_x0041_` taken
 * literally. It is not changed in any other way. `=1+1` stays `=1+1`: the cell says that it is text (type and format), so
 * no program computes it, not even after the cell is edited; an apostrophe in front would be one more character in the data.
 */
export function cellText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '')
    .slice(0, cellLimit)
    .toWellFormed()
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

/** Excel knows no time zones: an instant becomes the Date whose UTC reading is what a clock in the zone shows. */
export function wallClockOf(zone: string): (at: Date) => Date {
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
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  };
}
