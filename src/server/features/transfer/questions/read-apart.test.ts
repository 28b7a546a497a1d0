import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { readQuestionsApart } from './read-apart.ts';

const sheetPath = 'xl/worksheets/sheet1.xml';

/** A good table whose sheet says something more. */
async function aTable(change: (xml: string) => string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Задания').addRows([
    ['Название', 'Тип', 'Ответ', 'Условие'],
    ['Сумма', 'число', 12.5, 'Сколько?'],
  ]);
  const packed = new ZipFile();
  const zip = await fromBufferPromise(Buffer.from(await book.xlsx.writeBuffer()));
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const part = await buffer(await zip.openReadStreamPromise(entry));
    packed.addBuffer(entry.fileName === sheetPath ? Buffer.from(change(part.toString())) : part, entry.fileName);
  }
  packed.end();
  return buffer(packed.outputStream);
}

const small = { milliseconds: 3000, megabytes: 200 };
const patience = 20_000;
const costly = { ok: false, refusal: { code: 'questions-costly' } };

test(
  'what is read apart is what is read',
  async () => {
    expect(await readQuestionsApart('xlsx', await aTable((xml) => xml))).toMatchObject({
      ok: true,
      questions: [{ place: 2, title: 'Сумма', problems: [] }],
    });
  },
  patience,
);

test.each<[string, (xml: string) => string]>([
  ['four billion columns', (xml) => xml.replace('<sheetData>', '<cols><col min="1" max="4000000000" width="9"/></cols><sheetData>')],
  [
    'a sheet merged into one cell',
    (xml) => xml.replace('</sheetData>', '</sheetData><mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'),
  ],
  [
    'a row at the end of the world',
    (xml) => xml.replace('</sheetData>', '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>'),
  ],
])(
  'a small table that claims %s is given up, and the process lives and answers',
  async (_, change) => {
    const bytes = await aTable(change);
    let turns = 0;
    const beat = setInterval(() => (turns += 1), 20);
    try {
      expect(await readQuestionsApart('xlsx', bytes, small)).toEqual(costly);
    } finally {
      clearInterval(beat);
    }
    expect(turns).toBeGreaterThan(10);
  },
  patience,
);

test(
  'pictures come out of it as they went in',
  async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const text = `<p>Что здесь?</p><img src="data:image/png;base64,${png}" alt="точка">`;
    const question = `<question type="numerical"><name><text>a</text></name><questiontext format="html"><text><![CDATA[${text}]]></text></questiontext><answer fraction="100"><text>1</text></answer></question>`;
    const read = await readQuestionsApart('moodle', Buffer.from(`<quiz>${question}</quiz>`));
    const [file] = read.ok ? (read.questions[0]?.files ?? []) : [];
    expect(Buffer.isBuffer(file?.bytes)).toBe(true);
    expect(file?.bytes.toString('base64')).toBe(png);
  },
  patience,
);
