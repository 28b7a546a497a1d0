import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Column } from 'exceljs';
import { type RegistryColumn, type RegistryRow, registryColumns, toCells, wallClockOf } from './rules.ts';

const formats: Record<RegistryColumn['kind'], Partial<Column['style']>> = {
  number: { numFmt: '0' },
  instant: { numFmt: 'dd.mm.yyyy hh:mm' },
  // «Text»: without it Excel would compute `=1+1` as soon as somebody edits the cell, and show a phone as 7,91E+10.
  text: { numFmt: '@' },
};

/** Some three milliseconds of work; then whatever waits in this process has its turn. */
const rowsAtOnce = 50;

/**
 * Writes the table page by page: memory holds every different text once, but neither the rows nor the file.
 * @param zone in which dates are shown
 * @returns how many students it holds
 */
export async function writeWorkbook(target: Writable, pages: AsyncIterable<RegistryRow[]>, zone: string, now: Date): Promise<number> {
  // Costs 30 MB and a tenth of a second, in a process that may never need it.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: target, useStyles: true, useSharedStrings: true });
  Object.assign(workbook, { title: 'Регистрации', creator: 'Отлично', lastModifiedBy: 'Отлично', created: now, modified: now });
  const sheet = workbook.addWorksheet('Регистрации', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = registryColumns.map(({ header, width, kind }) => ({ header, width, style: formats[kind] }));
  const head = sheet.getRow(1);
  head.eachCell((cell) => {
    cell.style = { font: { bold: true }, numFmt: '@' };
  });
  head.commit();
  const wallClock = wallClockOf(zone);
  let number = 0;
  for await (const page of pages) {
    for (const row of page) {
      number += 1;
      sheet.addRow(toCells(row, number, wallClock)).commit();
      if (number % rowsAtOnce === 0) await setImmediate();
    }
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: number + 1, column: registryColumns.length } };
  await workbook.commit();
  return number;
}
