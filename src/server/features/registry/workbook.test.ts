import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { RegistryRow } from './rules.ts';
import { writeWorkbook } from './workbook.ts';

const registeredAt = new Date('2026-11-22T21:30:00Z');

function aRow(over: Partial<RegistryRow> = {}): RegistryRow {
  const row = { registeredAt, lastName: 'Соколов', firstName: 'Илья', email: 'ilya@example.ru', phone: '+79161234567', source: 'site' };
  return { ...row, consentVersion: '2026-09-01', ...over };
}

async function written(...pages: RegistryRow[][]): Promise<Buffer> {
  const body = new PassThrough();
  async function* source() {
    yield* pages;
  }
  const [bytes] = await Promise.all([buffer(body), writeWorkbook(body, source(), 'Europe/Moscow', registeredAt)]);
  return bytes;
}

async function opened(bytes: Buffer) {
  const workbook = new ExcelJS.Workbook();
  // exceljs declares a Buffer of its own.
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  return { workbook, sheet };
}

test('the head: titles, frozen, bold, with a filter over all rows', async () => {
  const { workbook, sheet } = await opened(await written([aRow(), aRow()], [aRow()]));
  expect(workbook.title).toBe('Регистрации');
  expect(sheet.name).toBe('Регистрации');
  expect(sheet.getRow(1).values).toEqual([
    undefined,
    '№',
    'Дата и время',
    'Фамилия',
    'Имя',
    'Почта',
    'Телефон',
    'Согласие (редакция)',
    'Источник',
  ]);
  expect(sheet.getCell('C1').font).toMatchObject({ bold: true });
  expect(sheet.getCell('C2').font?.bold).toBeFalsy();
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet.autoFilter).toBe('A1:H4');
  expect(sheet.getColumn(5).width).toBe(32);
});

test('numbers count on over pages', async () => {
  const { sheet } = await opened(await written([aRow(), aRow()], [], [aRow()]));
  expect([2, 3, 4, 5].map((row) => sheet.getCell(`A${row}`).value)).toEqual([1, 2, 3, null]);
});

test('an empty school has a table too', async () => {
  const { sheet } = await opened(await written());
  expect(sheet.rowCount).toBe(1);
  expect(sheet.autoFilter).toBe('A1:H1');
});

test('dates are dates, on the clock of the school', async () => {
  const { sheet } = await opened(await written([aRow()]));
  expect(sheet.getCell('B2').value).toEqual(new Date('2026-11-23T00:30:00Z'));
  expect(sheet.getCell('B2').numFmt).toBe('dd.mm.yyyy hh:mm');
});

describe('texts stay texts', () => {
  const letters = 'Щ'.repeat(300);
  const fullWidth = ['＝１＋１', '＋1', '－1', '＠SUM(1)'];
  test.each([
    '=1+1',
    '=HYPERLINK("http://evil.example.com","click")',
    '+7 916 123-45-67',
    '-2+3+cmd|" /C calc"!A0',
    '@SUM(1+1)*cmd|" /C calc"!A0',
    '\t=1+1',
    '\n=1+1',
    '  =1+1',
    ...fullWidth,
    "'=1+1",
    '007',
    '1e5',
    '12/11',
    'TRUE',
    '#N/A',
    '<b>&amp;"x"</b>',
    ']]><f>1+1</f>',
    '_x003D_1+1',
    '👩🏽‍🎓🇷🇺',
    'ё й é'.normalize('NFD'),
    letters,
  ])('%j', async (text) => {
    const { sheet } = await opened(
      await written([aRow({ lastName: text, firstName: text, email: text, phone: text, consentVersion: text, source: text })]),
    );
    for (const column of ['C', 'D', 'E', 'F', 'G', 'H']) {
      const cell = sheet.getCell(`${column}2`);
      expect([column, cell.value, cell.type, cell.numFmt]).toEqual([column, text, ExcelJS.ValueType.String, '@']);
    }
  });

  test('a phone is a text, and none is nothing', async () => {
    const { sheet } = await opened(await written([aRow(), aRow({ phone: null })]));
    expect(sheet.getCell('F2').value).toBe('+79161234567');
    expect(sheet.getCell('F3').value).toBeNull();
  });
});

test('a source that fails fails the table', async () => {
  async function* source(): AsyncGenerator<RegistryRow[]> {
    yield [aRow()];
    throw new Error('the database is gone');
  }
  const body = new PassThrough();
  body.resume();
  await expect(writeWorkbook(body, source(), 'Europe/Moscow', registeredAt)).rejects.toThrow('the database is gone');
});
