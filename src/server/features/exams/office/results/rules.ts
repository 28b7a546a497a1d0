import * as z from 'zod';
import { isNearInstant } from '#shared/storable.ts';
import { cellText } from '../../../registry/rules.ts';

/** Where the list of attempts was left: the newest come first, the id decides between two of one instant. */
export type Place = readonly [startedAt: string, id: string];

const place = z.tuple([z.iso.datetime().refine(isNearInstant), z.uuid()]);

export function toCursor(after: Place): string {
  return Buffer.from(JSON.stringify(after)).toString('base64url');
}

/** Null: no cursor of ours. */
export function fromCursor(cursor: string): Place | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** An attempt as the table shows it. */
export interface ExportRow {
  firstName: string;
  lastName: string;
  email: string;
  number: number;
  startedAt: Date;
  finishedAt: Date | null;
  finishedBy: 'student' | 'time' | 'moderator' | null;
  answered: number;
  tasks: number;
  points: number;
  maxPoints: number;
  score: number | null;
  waiting: number;
  extraMinutes: number;
  /** By task. */
  pointsOf: Record<string, number | null>;
}

interface ExportColumn {
  header: string;
  width: number;
  kind: 'number' | 'instant' | 'text';
}

const columns: ExportColumn[] = [
  { header: '№', width: 7, kind: 'number' },
  { header: 'Фамилия', width: 22, kind: 'text' },
  { header: 'Имя', width: 18, kind: 'text' },
  { header: 'Почта', width: 32, kind: 'text' },
  { header: 'Попытка', width: 10, kind: 'number' },
  { header: 'Начало', width: 18, kind: 'instant' },
  { header: 'Конец', width: 18, kind: 'instant' },
  { header: 'Как закончилась', width: 24, kind: 'text' },
  { header: 'Ответов', width: 10, kind: 'number' },
  { header: 'Заданий', width: 10, kind: 'number' },
  { header: 'Первичный балл', width: 16, kind: 'number' },
  { header: 'Из', width: 7, kind: 'number' },
  { header: 'Тестовый балл', width: 15, kind: 'number' },
  { header: 'Ждут проверки', width: 15, kind: 'number' },
  { header: 'Дополнительных минут', width: 22, kind: 'number' },
];

interface ExportTask {
  id: string;
  title: string;
  examNumber: number | null;
}

/** One column for each task of the exam behind those of the attempt. */
export function exportColumns(tasks: readonly ExportTask[]): ExportColumn[] {
  const own = tasks.map(({ title, examNumber }, index) => ({
    header: cellText(`${examNumber ?? index + 1}. ${title}`).slice(0, 120),
    width: 10,
    kind: 'number' as const,
  }));
  return [...columns, ...own];
}

const ends = { student: 'Завершена учеником', time: 'Вышло время', moderator: 'Завершена преподавателем' } as const;

/** The cells of a row, in the order of the columns. What is not known yet is left empty: a zero would be a result. */
export function exportCells(
  row: ExportRow,
  number: number,
  tasks: readonly ExportTask[],
  wallClock: (at: Date) => Date,
): (number | Date | string | null)[] {
  const over = row.finishedAt !== null;
  return [
    number,
    cellText(row.lastName),
    cellText(row.firstName),
    cellText(row.email),
    row.number,
    wallClock(row.startedAt),
    row.finishedAt && wallClock(row.finishedAt),
    row.finishedBy ? ends[row.finishedBy] : 'Идёт',
    row.answered,
    row.tasks,
    over ? row.points : null,
    over ? row.maxPoints : null,
    row.score,
    row.waiting,
    row.extraMinutes,
    ...tasks.map(({ id }) => (over ? (row.pointsOf[id] ?? null) : null)),
  ];
}
