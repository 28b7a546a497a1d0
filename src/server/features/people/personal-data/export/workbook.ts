import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { App } from '../../../../platform/app.ts';
import { readSection } from './queries.ts';
import { cellOf } from './rules.ts';
import { sections } from './sections.ts';

const rowsAtOnce = 200;
/** A sheet of Excel has no more rows. */
const sheetRows = 1_048_575;

/** A sheet for each kind, written while it is read. */
export function tableOf(app: App, personId: string, wallClock: (at: Date) => Date): Readable {
  const body = new PassThrough();
  writeTables(app, personId, wallClock, body).catch((error) => body.destroy(error));
  return body;
}

async function writeTables(app: App, personId: string, wallClock: (at: Date) => Date, body: PassThrough): Promise<void> {
  // Costs 30 MB and a tenth of a second, in a process that may never need it.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: body, useStyles: true, useSharedStrings: false });
  for (const section of sections) {
    const sheet = workbook.addWorksheet(section.title, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = section.columns.map(({ title }) => ({ header: title, width: 24, style: { numFmt: '@' } }));
    let number = 0;
    for await (const rows of readSection(app, section, personId)) {
      for (const row of rows) {
        number += 1;
        if (number > sheetRows) break;
        const cells = sheet.addRow(section.columns.map(({ name }) => cellOf(row[name], wallClock)));
        cells.eachCell((cell) => {
          if (cell.value instanceof Date) cell.numFmt = 'dd.mm.yyyy hh:mm';
        });
        cells.commit();
        if (number % rowsAtOnce === 0) await setImmediate();
      }
      // The next page when the last one has gone out: a slow line must not fill the memory.
      if (body.writableNeedDrain) await Promise.race([once(body, 'drain'), once(body, 'close')]);
      if (body.destroyed) return;
    }
    sheet.commit();
  }
  await workbook.commit();
}
