import { expect, test } from 'vitest';
import { anyOf, bothForms, mayHoldSlip, meant, searchTerms, wordsOf } from './rules.ts';

test.each<[string, string[][]]>([
  ['', []],
  [' \t ', []],
  ['?! «» 😀', []],
  ['Аттестат', [['аттестат', 'fnntcnfn']]],
  ['ПРИЁМ', [['прием']]],
  ['60+', [['60']]],
  ['баллы, баллы', [['баллы']]],
  ['онлайн-школа', [['онлайн'], ['школа']]],
  ['telegram', [['telegram', 'еудупкфь']]],
  [',fkks', [['fkks', 'баллы']]],
  ['gj,tlf', [['gj', 'tlf', 'победа']]],
  ['«fnntcnfn»?', [['fnntcnfn', 'аттестат']]],
  ['кг', [['кг']]],
  ["it's", [['it', 's', 'шеэы']]],
  ['a|b & !c:*', [['a'], ['b'], ['c']]],
  ['и\u0306', [['й']]],
  ['е\u0301ж', [['е'], ['ж']]],
])('%s', (typed, terms) => {
  expect(searchTerms(typed)).toEqual(terms);
});

test.each([
  ['оригинал', ['оригинал', 'оригиналы']],
  ['материалами', ['материал', 'материалы']],
  ['балл', ['балл']],
  ['школа', ['школа']],
  ['мал', ['мал']],
])('%s is looked for as %j', (word, forms) => {
  expect(bothForms(word)).toEqual(forms);
});

test('no more than eight terms of sixty letters', () => {
  expect(searchTerms('а1 б2 в3 г4 д5 е6 ж7 з8 и9 к10')).toHaveLength(8);
  expect(searchTerms('я'.repeat(200))[0]?.[0]).toHaveLength(60);
});

test('words of a text are small, without ё and without signs', () => {
  expect(wordsOf('«Учёт» – 60+ и\u00a0ЕГЭ№6')).toEqual(['учет', '60', 'и', 'егэ', '6']);
});

test('an operand holds its words in quotes', () => {
  expect(anyOf(['балл', 'fkk'], ':*')).toBe("'балл':* | 'fkk':*");
});

test.each([
  ['экзамен', true],
  ['балы', true],
  ['код', false],
  ['2027', false],
])('may «%s» be mistyped: %s', (word, may) => {
  expect(mayHoldSlip(word)).toBe(may);
});

test.each<[string, string[], string[]]>([
  ['атестат', ['аттестата', 'атлас', 'код'], ['аттестата']],
  ['балы', ['баллов', 'баллы', 'балкон'], ['баллы']],
  ['экзамин', ['экзамен', 'экзамена', 'экран'], ['экзамен', 'экзамена']],
  ['attestat', ['аттестат'], ['аттестат']],
  ['бегемот', ['балл', 'код'], []],
])('by «%s» of %j is meant %j', (typed, vocabulary, words) => {
  expect(meant(typed, vocabulary)).toEqual(words);
});
