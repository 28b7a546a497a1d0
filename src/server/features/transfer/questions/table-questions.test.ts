import { expect, test } from 'vitest';
import { questionColumns } from '#shared/transfer.ts';
import { parseTaskSource } from '../task-source.ts';
import { optionsOf } from './answer-cells.ts';
import { tableColumns } from './columns.ts';
import { type Cell, questionOfRow } from './table-questions.ts';
import { templateExamples } from './template-examples.ts';

type Row = { [column in (typeof questionColumns)[number]]?: string };
const row = (cells: Row) =>
  questionOfRow({
    number: 2,
    cells: new Map(
      questionColumns.flatMap((column): [(typeof questionColumns)[number], Cell][] =>
        cells[column] === undefined ? [] : [[column, { text: cells[column] }]],
      ),
    ),
  });

function specOf(cells: Row): unknown {
  const { source, problems } = row(cells);
  expect(problems).toEqual([]);
  const parsed = parseTaskSource(source ?? '');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task.spec;
}

test('every column of the wire has its place in the table', () => {
  expect(tableColumns.map(({ column }) => column).toSorted()).toEqual([...questionColumns].toSorted());
});

test.each(templateExamples.map((example) => [example.title ?? '', example]))('the example «%s» of the template is a task', (_, example) => {
  expect(row(example)).toMatchObject({ place: 2, problems: [], title: example.title });
});

const options = 'а) Лион\nб) Париж\nв) Ницца';
test.each<[string, Row, object]>([
  ['a number', { kind: 'Число', key: '12,50' }, { kind: 'number', key: '12,50' }],
  ['a number that may be off', { kind: 'number', key: '3,14', tolerance: '0,01' }, { tolerance: '0,01' }],
  ['words', { kind: 'слово', key: 'первый; 1-й' }, { kind: 'word', key: ['первый', '1-й'] }],
  ['words on lines', { kind: 'слово', key: 'да\nага' }, { key: ['да', 'ага'] }],
  [
    'an option by its letter',
    { kind: 'один вариант', key: 'Б', options },
    { key: '2', options: [{ id: '1', text: 'Лион' }, { id: '2', text: 'Париж' }, { id: '3' }] },
  ],
  ['an option by its text', { kind: 'один вариант', key: 'Париж', options: 'Лион\nПариж' }, { key: '2' }],
  ['options by numbers', { kind: 'несколько вариантов', key: '1,3', options }, { key: ['1', '3'] }],
  ['options in one go', { kind: 'несколько вариантов', key: '13', options: '1) a\n2) b\n3) c' }, { key: ['1', '3'] }],
  ['options by letters', { kind: 'несколько вариантов', key: 'а в', options }, { key: ['1', '3'] }],
  ['options by texts', { kind: 'несколько вариантов', key: 'x; z', options: 'x\ny\nz' }, { key: ['1', '3'] }],
  [
    'a table',
    { kind: 'таблица', key: '1 2\n3 4' },
    {
      key: [
        ['1', '2'],
        ['3', '4'],
      ],
      rows: 2,
      cols: 2,
    },
  ],
  ['one row', { kind: 'таблица', key: '12,5; 3' }, { key: [['12,5', '3']] }],
  [
    'a sequence with its rules',
    { kind: 'последовательность', key: '0412', more: 'length: 4\npartial: none' },
    { key: '0412', length: 4, partial: 'none' },
  ],
  [
    'a long answer',
    { kind: 'развернутый ответ', options: '2 – Верно\n1: Почти' },
    {
      kind: 'long',
      criteria: [
        { id: 'K1', title: 'Верно', max: 2 },
        { id: 'K2', title: 'Почти', max: 1 },
      ],
    },
  ],
])('%s', (_, cells, expected) => {
  expect(specOf({ title: 'Имя', statement: 'Условие', ...cells })).toMatchObject(expected);
});

test.each<[string, Row, [string | null, object][]]>([
  [
    'nothing but a title',
    { title: 'x' },
    [
      ['kind', { code: 'key-missing' }],
      ['statement', { code: 'section-missing' }],
    ],
  ],
  ['an unknown kind', { title: 'x', kind: 'эссе', key: '1', statement: 'y' }, [['kind', { code: 'kind-unknown', found: 'эссе' }]]],
  ['no title', { kind: 'число', key: '1', statement: 'y' }, [['title', { code: 'key-missing' }]]],
  ['a word for a number', { title: 'x', kind: 'число', key: 'пять', statement: 'y' }, [['key', { code: 'answer' }]]],
  [
    'two right options for one',
    { title: 'x', kind: 'один вариант', key: '1, 2', statement: 'y', options: 'a\nb' },
    [['key', { code: 'answer', problem: { code: 'key-option-unknown', id: '1, 2' } }]],
  ],
  ['one option', { title: 'x', kind: 'один вариант', key: '1', statement: 'y', options: 'a' }, [['options', { code: 'answer' }]]],
  ['options of a number', { title: 'x', kind: 'число', key: '1', statement: 'y', options: 'a\nb' }, [['options', { code: 'key-unfit' }]]],
  ['points by words', { title: 'x', kind: 'число', key: '1', points: 'два', statement: 'y' }, [['points', { code: 'value-integer' }]]],
  [
    'a broken formula',
    { title: 'x', kind: 'число', key: '1', statement: 'a\n\n$\\frac{1}$' },
    [['statement', { code: 'md-formula', line: 8 }]],
  ],
  [
    'a heading of level one in a solution',
    { title: 'x', kind: 'число', key: '1', statement: 'y', solution: '# Ответ' },
    [['solution', { code: 'md-heading-level-one' }]],
  ],
  [
    'two solutions',
    { title: 'x', kind: 'число', key: '1', statement: 'y\n\n# Решение\n\nтак', solution: 'иначе' },
    [['solution', { code: 'section-twice' }]],
  ],
  [
    'an unknown key',
    { title: 'x', kind: 'число', key: '1', statement: 'y', more: 'colour: red' },
    [['more', { code: 'key-unknown', key: 'colour' }]],
  ],
  ['a key twice', { title: 'x', kind: 'число', key: '1', statement: 'y', more: 'key: 2' }, [['more', { code: 'key-twice' }]]],
  ['YAML that is none', { title: 'x', kind: 'число', key: '1', statement: 'y', more: 'partial: [' }, [['more', { code: 'yaml' }]]],
  ['a title that looks like YAML', { title: '- [x]: "y" #z', kind: 'число', key: '1', statement: 'y' }, []],
])('%s', (_, cells, expected) => {
  expect(row(cells).problems).toMatchObject(expected.map(([column, problem]) => ({ column, problem })));
});

test('options without numbers are numbered, and «1. 5» of the text stays in it', () => {
  expect(optionsOf('Лион\n\nПариж')).toEqual([
    { id: '1', label: '1', text: 'Лион' },
    { id: '2', label: '2', text: 'Париж' },
  ]);
  expect(optionsOf('a) x\na) y').map(({ text }) => text)).toEqual(['a) x', 'a) y']);
});
