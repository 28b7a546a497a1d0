import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Column } from 'exceljs';
import { type RegistryRow, registryColumns, toCells, wallClockOf } from './rules.ts';

export type CellKind = 'number' | 'money' | 'percent' | 'instant' | 'text';
export type Cell = number | Date | string | null;

export interface Table<Row> {
  title: string;
  columns: { header: string; width: number; kind: CellKind }[];
  pages: AsyncIterable<Row[]>;
  /** In the order of the columns. Texts have passed `cellText`, instants `wallClockOf`. */
  cells: (row: Row, number: number) => Cell[];
  now: Date;
  /** Every different text once, for the whole table: a smaller file, and a memory that grows with it. Else each text stands in its cell. */
  sharedTexts: boolean;
}

const formats: Record<CellKind, Partial<Column['style']>> = {
  number: { numFmt: '0' },
  money: { numFmt: '#,##0.00' },
  percent: { numFmt: '0%' },
  instant: { numFmt: 'dd.mm.yyyy hh:mm' },
  // «Text»: without it Excel would compute `=1+1` as soon as somebody edits the cell, and show a phone as 7,91E+10.
  text: { numFmt: '@' },
};

/** Some three milliseconds of work; then whatever waits in this process has its turn. */
const rowsAtOnce = 50;

/**
 * Writes a table page by page: neither the rows nor the file are held in memory.
 * @returns how many rows it holds
 */
export async function writeTable<Row>(target: Writable, { title, columns, pages, cells, now, sharedTexts }: Table<Row>): Promise<number> {
  // Costs 30 MB and a tenth of a second, in a process that may never need it.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: target, useStyles: true, useSharedStrings: sharedTexts });
  Object.assign(workbook, { title, creator: 'Отлично', lastModifiedBy: 'Отлично', created: now, modified: now });
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ header, width, kind }) => ({ header, width, style: formats[kind] }));
  const head = sheet.getRow(1);
  head.eachCell((cell) => {
    cell.style = { font: { bold: true }, numFmt: '@' };
  });
  head.commit();
  let number = 0;
  for await (const page of pages) {
    for (const row of page) {
      number += 1;
      sheet.addRow(cells(row, number)).commit();
      if (number % rowsAtOnce === 0) await setImmediate();
    }
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: number + 1, column: columns.length } };
  await workbook.commit();
  return number;
}

/**
 * The table of registrations. Memory holds every different text once, but neither the rows nor the file.
 * @param zone in which dates are shown
 * @returns how many students it holds
 */
export function writeWorkbook(target: Writable, pages: AsyncIterable<RegistryRow[]>, zone: string, now: Date): Promise<number> {
  const wallClock = wallClockOf(zone);
  const cells = (row: RegistryRow, number: number) => toCells(row, number, wallClock);
  return writeTable(target, { title: 'Регистрации', columns: registryColumns, pages, cells, now, sharedTexts: true });
}
