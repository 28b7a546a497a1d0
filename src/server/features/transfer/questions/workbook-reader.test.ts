import { buffer } from 'node:stream/consumers';
import ExcelJS, { type Worksheet } from 'exceljs';
import { expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { tableColumns } from './columns.ts';
import { numberText } from './number-text.ts';
import { questionOfRow } from './table-questions.ts';
import { readWorkbook } from './workbook-reader.ts';
import { writeTemplate } from './workbook-template.ts';

const head = ['Название', 'Тип', 'Ответ', 'Условие', 'Баллы'];

async function workbook(fill: (sheet: Worksheet, book: ExcelJS.Workbook) => void, header: string[] = head): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Лист 1');
  if (header.length > 0) sheet.addRow(header);
  fill(sheet, book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function rowsOf(bytes: Buffer) {
  const read = await readWorkbook(bytes);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.rows.map(({ number, cells }) => ({ number, ...Object.fromEntries(cells) }));
}

test('rows are read as a person sees them: text, numbers, colours, links; empty rows are passed over', async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(['Имя', 'число', 12.5, 'a_x000D_\nb', 0.1 + 0.2]);
    sheet.addRow([]);
    sheet.addRow(['   ', null, '', ' ', null]);
    sheet.getCell('A5').value = { richText: [{ text: 'цвет' }, { font: { bold: true }, text: 'ной' }] };
    sheet.getCell('B5').value = { text: 'ссылка', hyperlink: 'http://127.0.0.1/' };
    sheet.getCell('C5').value = 4132;
    // Only looks: no text.
    sheet.getCell('A6').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFF0000' } };
  });
  expect(await rowsOf(bytes)).toEqual([
    {
      number: 2,
      title: { text: 'Имя' },
      kind: { text: 'число' },
      key: { text: '12,5' },
      statement: { text: 'a\nb' },
      points: { text: '0,3' },
    },
    { number: 5, title: { text: 'цветной' }, kind: { text: 'ссылка' }, key: { text: '4132' } },
  ]);
});

test('what Excel has made of an answer is refused where it stands', async () => {
  const bytes = await workbook((sheet) => {
    const odd: ExcelJS.CellValue[] = [{ formula: '1+1', result: 2 }, new Date(Date.UTC(2026, 4, 12)), { error: '#DIV/0!' }, true];
    for (const value of odd) sheet.addRow(['x', 'число', value, 'y']);
    sheet.addRow(['x', 'число', 0.5, 'y']).getCell(3).numFmt = '0%';
    sheet.addRow(['x', 'число', 1, 'y']);
    sheet.addRow(['x', 'число', 2, 'y']);
    sheet.mergeCells('C7:C8');
  });
  expect((await rowsOf(bytes)).map((row) => ('key' in row ? row.key : null))).toEqual([
    { problem: { code: 'cell-formula' } },
    { problem: { code: 'cell-date' } },
    { problem: { code: 'cell-error', shown: '#DIV/0!' } },
    { problem: { code: 'cell-boolean' } },
    { problem: { code: 'cell-percent' } },
    { problem: { code: 'cell-merged' } },
    { problem: { code: 'cell-merged' } },
  ]);
});

test('a formula that others share is a formula too', async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(['x', 'число', { formula: 'E2', result: 1 }, 'y', 1]);
    sheet.addRow(['x', 'число', { sharedFormula: 'C2', result: 1 }, 'y', 1]);
  });
  expect((await rowsOf(bytes)).map((row) => ('key' in row ? row.key : null))).toEqual(Array(2).fill({ problem: { code: 'cell-formula' } }));
});

test('hidden sheets are passed over, a sheet of tasks is found by its name, a title above the table does no harm', async () => {
  const bytes = await workbook((sheet, book) => {
    sheet.state = 'hidden';
    sheet.addRow(['нет', 'число', '1', 'y']);
    const shown = book.addWorksheet('Мои');
    shown.addRow(['Задания для 11 класса']);
    shown.addRow(['УСЛОВИЕ', 'название ', 'kind', 'Правильный ответ']);
    shown.addRow(['y', 'да', 'число', '1']);
  });
  expect(await rowsOf(bytes)).toMatchObject([{ number: 3, title: { text: 'да' }, key: { text: '1' } }]);
});

test.each<[string, () => Promise<Buffer>, object]>([
  ['no Excel file', async () => Buffer.from('PK'), { code: 'table-broken' }],
  [
    'a zip of something else',
    async () => {
      const zip = new ZipFile();
      zip.addBuffer(Buffer.from('x'), 'x.txt');
      zip.end();
      return buffer(zip.outputStream);
    },
    { code: 'table-broken' },
  ],
  [
    'a bomb',
    async () => {
      const zip = new ZipFile();
      zip.addBuffer(Buffer.alloc(70_000_000), 'xl/worksheets/sheet1.xml');
      zip.end();
      return buffer(zip.outputStream);
    },
    { code: 'table-broken' },
  ],
  ['an empty sheet', () => workbook(() => {}, []), { code: 'table-head', missing: ['title', 'kind', 'key', 'statement'] }],
  ['no column of answers', () => workbook(() => {}, ['Название', 'Тип', 'Условие']), { code: 'table-head', missing: ['key'] }],
  ['a column nobody knows', () => workbook(() => {}, [...head, 'Сложность']), { code: 'table-column-unknown', names: ['Сложность'] }],
  ['a column twice', () => workbook(() => {}, [...head, 'Ключ']), { code: 'table-column-twice', name: 'Ключ' }],
  ['no rows', () => workbook(() => {}), { code: 'questions-none' }],
  [
    'too many rows',
    () =>
      workbook((sheet) => {
        for (let i = 0; i < 5001; i++) sheet.addRow(['x', 'число', '1', 'y']);
      }),
    { code: 'questions-many', limit: 5000 },
  ],
])('%s', async (_, make, refusal) => {
  expect(await readWorkbook(await make())).toMatchObject({ ok: false, refusal });
});

test('lists of allowed values for whole columns are not unfolded', async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(['x', 'число', '1', 'y']);
    const lists = sheet as Worksheet & { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } };
    lists.dataValidations.add('B2:B1048576', { type: 'list', formulae: ['"число,слово"'] });
  });
  const before = process.memoryUsage().heapUsed;
  expect(await rowsOf(bytes)).toHaveLength(1);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});

test('the template is an empty table with all columns, and its examples are tasks', async () => {
  const template = await writeTemplate();
  expect(await readWorkbook(template)).toEqual({ ok: false, refusal: { code: 'questions-none' } });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(template as unknown as ArrayBuffer);
  const [sheet, help] = book.worksheets;
  expect(sheet?.getRow(1).values).toEqual([undefined, ...tableColumns.map(({ header }) => header)]);
  expect(sheet?.getCell('B5001').dataValidation).toMatchObject({ type: 'list' });
  // The sheet of rules, taken for the table: its head is found behind the rules, and every example is a task.
  const copy = new ExcelJS.Workbook();
  const filled = copy.addWorksheet('Задания');
  const names = help
    ? Array.from({ length: help.rowCount }, (_, i) => help.getRow(i + 1)).findIndex((row) => row.getCell(1).value === 'Название')
    : -1;
  for (let number = names + 1; number <= (help?.rowCount ?? 0); number++) filled.addRow(help?.getRow(number).values as ExcelJS.CellValue[]);
  const read = await readWorkbook(Buffer.from(await copy.xlsx.writeBuffer()));
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  expect(read.rows.length).toBeGreaterThanOrEqual(8);
  expect(read.rows.flatMap((row) => questionOfRow(row).problems)).toEqual([]);
});

test.each([
  [12.5, '12,5'],
  [0.1 + 0.2, '0,3'],
  [1e21, '1000000000000000000000'],
  [1.5e-7, '0,00000015'],
  [-3, '-3'],
  [123_456_789, '123456789'],
])('%d is written as %s', (value, expected) => {
  expect(numberText(value)).toBe(expected);
});
