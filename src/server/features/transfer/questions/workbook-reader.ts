import type { CellValue, Cell as ExcelCell, Row, Workbook, Worksheet } from 'exceljs';
import { type QuestionColumn, type QuestionsRefusal, questionLimits } from '#shared/transfer.ts';
import { columnNamed, foldName, tableColumns } from './columns.ts';
import { numberText } from './number-text.ts';
import type { Cell, TableRow } from './table-questions.ts';
import { checkWorkbook } from './workbook-archive.ts';
import { sheetName } from './workbook-template.ts';

export type TableRead = { ok: true; rows: TableRow[] } | { ok: false; refusal: QuestionsRefusal };

/** Reads the table of tasks of an Excel file: what a person sees in it, cell by cell. */
export async function readWorkbook(bytes: Buffer): Promise<TableRead> {
  if (!(await checkWorkbook(bytes))) return { ok: false, refusal: { code: 'table-broken' } };
  const workbook = await load(bytes);
  const sheet = workbook && sheetOf(workbook);
  if (!sheet) return { ok: false, refusal: { code: 'table-broken' } };
  const head = findHead(sheet);
  if ('refusal' in head) return { ok: false, refusal: head.refusal };
  const rows: TableRow[] = [];
  for (let number = head.row + 1; number <= sheet.rowCount; number++) {
    const row = sheet.findRow(number);
    const cells = row ? readRow(row, head.columns) : new Map();
    if (cells.size === 0) continue;
    rows.push({ number, cells });
    if (rows.length > questionLimits.questions) return { ok: false, refusal: { code: 'questions-many', limit: questionLimits.questions } };
  }
  return rows.length > 0 ? { ok: true, rows } : { ok: false, refusal: { code: 'questions-none' } };
}

async function load(bytes: Buffer): Promise<Workbook | null> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  try {
    // Lists of allowed values are unfolded cell by cell: of a whole column that would be a million of them.
    const ignoreNodes = ['dataValidations', 'conditionalFormatting', 'drawing', 'picture', 'extLst', 'autoFilter', 'tableParts'];
    // The library's own types ask for a buffer of another time.
    await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0], { ignoreNodes });
    return workbook;
  } catch {
    return null;
  }
}

/** The sheet of the template, or the first that can be seen. */
function sheetOf(workbook: Workbook): Worksheet | undefined {
  const named = workbook.worksheets.find(({ name }) => foldName(name) === foldName(sheetName));
  return named ?? workbook.worksheets.find(({ state }) => state === 'visible');
}

interface Head {
  row: number;
  columns: Map<number, QuestionColumn>;
}

/** The row with the names of columns: one of the first ten. */
function findHead(sheet: Worksheet): Head | { refusal: QuestionsRefusal } {
  const found = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find(
    (number) => namesIn(sheet, number).filter(({ name }) => columnNamed(name)).length >= 2,
  );
  const missing = tableColumns.filter(({ isNeeded }) => isNeeded).map(({ column }) => column);
  if (found === undefined) return { refusal: { code: 'table-head', missing } };
  const columns = new Map<number, QuestionColumn>();
  const unknown: string[] = [];
  for (const { name, at } of namesIn(sheet, found)) {
    const column = columnNamed(name);
    if (!column) unknown.push(name.slice(0, 60));
    else if ([...columns.values()].includes(column)) return { refusal: { code: 'table-column-twice', name: name.slice(0, 60) } };
    else columns.set(at, column);
  }
  const absent = missing.filter((column) => ![...columns.values()].includes(column));
  if (absent.length > 0) return { refusal: { code: 'table-head', missing: absent } };
  if (unknown.length > 0) return { refusal: { code: 'table-column-unknown', names: unknown.slice(0, 5) } };
  return { row: found, columns };
}

function namesIn(sheet: Worksheet, number: number): { name: string; at: number }[] {
  const names: { name: string; at: number }[] = [];
  sheet.findRow(number)?.eachCell((cell, at) => {
    const read = readCell(cell);
    if (read && 'text' in read) names.push({ name: read.text.trim(), at });
  });
  return names;
}

/** Empty where nobody has written anything: borders and colours make no row. */
function readRow(row: Row, columns: Map<number, QuestionColumn>): Map<QuestionColumn, Cell> {
  const cells = new Map<QuestionColumn, Cell>();
  for (const [at, column] of columns) {
    const cell = readCell(row.getCell(at));
    if (cell) cells.set(column, cell);
  }
  return cells;
}

function readCell(cell: ExcelCell): Cell | null {
  if (cell.isMerged) return cell.master.value === null ? null : { problem: { code: 'cell-merged' } };
  const { value } = cell;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return cell.numFmt?.includes('%') ? { problem: { code: 'cell-percent' } } : { text: numberText(value) };
  const read = readValue(value);
  return read && 'text' in read && read.text.trim() === '' ? null : read;
}

function readValue(value: Exclude<CellValue, number | null | undefined>): Cell | null {
  if (typeof value === 'string') return { text: plain(value) };
  if (typeof value === 'boolean') return { problem: { code: 'cell-boolean' } };
  if (value instanceof Date) return { problem: { code: 'cell-date' } };
  if ('formula' in value || 'sharedFormula' in value) return { problem: { code: 'cell-formula' } };
  if ('error' in value) return { problem: { code: 'cell-error', shown: String(value.error) } };
  if ('richText' in value) return { text: plain(value.richText.map(({ text }) => text).join('')) };
  // The text of a link may be set in several colours too, whatever the types say.
  const text: unknown = value.text;
  if (typeof text === 'string') return { text: plain(text) };
  return typeof text === 'object' && text !== null && 'richText' in text
    ? readValue(text as Exclude<CellValue, number | null | undefined>)
    : null;
}

/** Excel writes the line ends of Windows in words. */
function plain(text: string): string {
  return text.replace(/_x000D_/g, '').replace(/\r\n?/g, '\n');
}
