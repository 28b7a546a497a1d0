import type { StudentFilter } from '#shared/students.ts';
import { cellText } from '../../../registry/rules.ts';

/** A student as the table shows them. */
export interface ExportRow {
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  registeredAt: Date;
  lastActiveAt: Date | null;
  verified: boolean;
  blocked: boolean;
  courses: string[];
  topics: { done: number; total: number };
  tasks: { done: number; total: number };
  /** Null before the first answer. */
  firstTry: { done: number; total: number } | null;
  streak: { now: number; best: number };
  /** Test scores with their ranges, by courses; null where there is not enough to say. */
  forecast: string | null;
  /** Tasks solved in the last seven days, days with a solved task of the last thirty: the student's own days. */
  solvedIn7: number;
  activeIn30: number;
}

type ExportColumn = { header: string; width: number; kind: 'number' | 'percent' | 'instant' | 'text' };

export const exportColumns: ExportColumn[] = [
  { header: '№', width: 7, kind: 'number' },
  { header: 'Фамилия', width: 22, kind: 'text' },
  { header: 'Имя', width: 18, kind: 'text' },
  { header: 'Почта', width: 32, kind: 'text' },
  { header: 'Телефон', width: 18, kind: 'text' },
  { header: 'Регистрация', width: 18, kind: 'instant' },
  { header: 'Последний ответ', width: 18, kind: 'instant' },
  { header: 'Курсы', width: 40, kind: 'text' },
  { header: 'Тем пройдено', width: 14, kind: 'number' },
  { header: 'Тем всего', width: 12, kind: 'number' },
  { header: 'Заданий решено', width: 16, kind: 'number' },
  { header: 'Заданий всего', width: 15, kind: 'number' },
  { header: 'С первой попытки', width: 18, kind: 'percent' },
  { header: 'Дней подряд', width: 13, kind: 'number' },
  { header: 'Лучшая серия', width: 14, kind: 'number' },
  { header: 'Прогноз', width: 40, kind: 'text' },
  { header: 'Решено за 7 дней', width: 17, kind: 'number' },
  { header: 'Активных дней за 30', width: 20, kind: 'number' },
  { header: 'Состояние', width: 22, kind: 'text' },
];

/** The cells of a row, in the order of the columns. `wallClock` comes from `wallClockOf`. */
export function exportCells(row: ExportRow, number: number, wallClock: (at: Date) => Date): (number | Date | string | null)[] {
  const { firstTry, lastActiveAt } = row;
  return [
    number,
    cellText(row.lastName),
    cellText(row.firstName),
    cellText(row.email),
    row.phone === null ? null : cellText(row.phone),
    wallClock(row.registeredAt),
    lastActiveAt && wallClock(lastActiveAt),
    cellText(row.courses.join('; ')),
    row.topics.done,
    row.topics.total,
    row.tasks.done,
    row.tasks.total,
    firstTry && firstTry.done / firstTry.total,
    row.streak.now,
    row.streak.best,
    row.forecast === null ? null : cellText(row.forecast),
    row.solvedIn7,
    row.activeIn30,
    row.blocked ? 'Доступ закрыт' : row.verified ? null : 'Почта не подтверждена',
  ];
}

/** What was asked for, without what was left open: for the journal. */
export function filterInWords(filter: StudentFilter): Record<string, string> {
  const { sort: _, order: __, ...narrowing } = filter;
  return Object.fromEntries(Object.entries(narrowing).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
