import { expect, test } from 'vitest';
import { fitting } from './template-search.ts';

const templates = [
  { title: 'Код не приходит', body: 'Проверьте папку «Спам».' },
  { title: 'Ещё одна попытка', body: 'Мы открыли ещё одну попытку. Код не нужен.' },
  { title: 'Спасибо', body: 'Рады помочь.' },
];

test.each([
  ['', [0, 1, 2]],
  ['  ', [0, 1, 2]],
  ['код', [0, 1]],
  ['КОД', [0, 1]],
  ['нужен код', [1]],
  ['еще', [1]],
  ['помочь', [2]],
  ['спа', [2, 0]],
  ['(', []],
])('«%s» finds %j', (query, expected) => {
  expect(fitting(templates, query).map((found) => templates.indexOf(found))).toEqual(expected);
});
