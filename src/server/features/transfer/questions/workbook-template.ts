import type { Worksheet } from 'exceljs';
import { answerKinds } from '#shared/task-keys.ts';
import { questionLimits } from '#shared/transfer.ts';
import { kindNames, tableColumns } from './columns.ts';
import { templateExamples } from './template-examples.ts';

export const sheetName = 'Задания';
const helpName = 'Как заполнять';

/** An empty table of tasks, with a sheet of rules and an example of every kind. */
export async function writeTemplate(): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  // The same file every time.
  const day = new Date(Date.UTC(2026, 0, 1));
  Object.assign(workbook, { title: 'Задания', creator: 'Отлично', lastModifiedBy: 'Отлично', created: day, modified: day });
  const sheet = workbook.addWorksheet(sheetName, { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] });
  addHead(sheet);
  for (let row = 2; row <= questionLimits.questions + 1; row++) {
    sheet.getCell(row, columnAt('kind')).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [`"${answerKinds.map((kind) => kindNames[kind][0]).join(',')}"`],
      showErrorMessage: true,
      errorTitle: 'Тип ответа',
      error: 'Выберите тип из списка.',
    };
  }
  const help = workbook.addWorksheet(helpName, { views: [{ state: 'normal' }] });
  addHelp(help);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function columnAt(name: (typeof tableColumns)[number]['column']): number {
  return tableColumns.findIndex(({ column }) => column === name) + 1;
}

function addHead(sheet: Worksheet): void {
  // «Text»: without it Excel turns 12.05 into a date and 0012 into 12.
  sheet.columns = tableColumns.map(({ header, width }) => ({
    header,
    width,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } },
  }));
  sheet.getRow(1).font = { bold: true };
}

function addHelp(sheet: Worksheet): void {
  const rules = [
    'Одна строка – одно задание. Первая строка с названиями столбцов нужна, порядок столбцов любой, лишних столбцов быть не должно.',
    'Формулы Excel, объединённые ячейки и даты не читаются: вставляйте значения. Дробные числа – с запятой или с точкой.',
    'Пустые строки пропускаются. Всего не больше 5000 строк, файл до 10 МБ.',
    'Загрузка: курс → «Выгрузка» → «Загрузить задания». Сначала покажем, что получится, и назовём ошибки по строкам.',
  ];
  sheet.columns = tableColumns.map(({ width }) => ({
    width,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } },
  }));
  for (const rule of rules) addWide(sheet, rule);
  sheet.addRow([]);
  for (const { header, isNeeded, about } of tableColumns) addWide(sheet, `${header}${isNeeded ? ' (нужен)' : ''}: ${about}`);
  sheet.addRow([]);
  addWide(sheet, 'Примеры').font = { bold: true };
  sheet.addRow(tableColumns.map(({ header }) => header)).font = { bold: true };
  for (const example of templateExamples) sheet.addRow(tableColumns.map(({ column }) => example[column] ?? ''));
}

function addWide(sheet: Worksheet, text: string) {
  const row = sheet.addRow([text]);
  sheet.mergeCells(row.number, 1, row.number, tableColumns.length);
  return row;
}
