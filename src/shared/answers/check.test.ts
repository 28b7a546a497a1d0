import { describe, expect, test } from 'vitest';
import { checkAnswer, type Verdict } from './check.ts';
import type { AnswerValue } from './shapes.ts';
import type { AnswerSpec } from './spec.ts';

/** A table on one line: cells by spaces, rows by semicolons, `_` for a blank cell. */
const rows = (text: string) => text.split('; ').map((cells) => cells.split(' ').map((cell) => (cell === '_' ? '' : cell)));
const abcd = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `option ${id}` }));

const number = (key: string, tolerance?: string): AnswerSpec => ({ kind: 'number', key, tolerance });
const word = (...key: string[]): AnswerSpec => ({ kind: 'word', key });
const spelling = (...key: string[]): AnswerSpec => ({ kind: 'word', key, spelling: 'strict' });
const choice: AnswerSpec = { kind: 'choice', key: 'b', options: abcd };
const choices = (key: string[], partial: 'none' | 'ege' = 'ege'): AnswerSpec => ({ kind: 'choices', key, options: abcd, partial });
const sequence = (key: string, partial: 'none' | 'ege' = 'ege'): AnswerSpec => ({ kind: 'sequence', key, partial });
const set = (key: string, partial: 'none' | 'ege' = 'ege'): AnswerSpec => ({ kind: 'set', key, partial });
const cells = (text: string, partial: (AnswerSpec & { kind: 'cells' })['partial'], height?: number): AnswerSpec => {
  const key = rows(text);
  return { kind: 'cells', key, rows: height ?? key.length, cols: 2, partial };
};

/** The verdict and points as one word: `right 2`, or the problem's code. */
function graded(spec: AnswerSpec, points: number, value: AnswerValue): string {
  const check = checkAnswer(spec, points, value);
  return check.graded ? `${check.verdict} ${check.points}` : check.problem.code;
}

describe('defects that answer checkers are known for', () => {
  test.each<[string, AnswerSpec, AnswerValue, string]>([
    ['likeness: one digit too many passed at 86 %', number('1234567'), '1234568', 'wrong 0'],
    ['likeness: a lost minus passed at 100 %', number('-5'), '5', 'wrong 0'],
    ['likeness: a lost minus passed, as symbols', sequence('-5'), '5', 'wrong 0'],
    ['likeness: words in another order passed at 100 %', sequence('3 5'), '5 3', 'wrong 0'],
    ['likeness: words in another order passed, as a word', word('3 5'), '5 3', 'wrong 0'],
    ['two numbers are not one', number('35'), '3 5', 'not-a-number'],
    ['likeness: a misspelt ending passed at 90 %', word('вследствие'), 'вследствии', 'wrong 0'],
    ['likeness: two words for one passed at 91 %', spelling('ввиду'), 'в виду', 'wrong 0'],
    ['likeness: a wrong digit was rejected only by luck at 83 %', number('142857'), '142858', 'wrong 0'],
    ['an empty submission scored 75 %', choices(['b']), [], 'empty'],
    ['an empty choice scored', choice, '', 'empty'],
    ['an empty table scored', cells('1 2', 'swapped-or-one-right'), rows('_ _'), 'empty'],
    ['the key 1,5 was split into 1 and 5', word('1,5'), '1', 'wrong 0'],
    ['the key 1,5 was split into 1 and 5', word('1,5'), '1,5', 'right 1'],
    ['a decimal comma was graded wrong', number('1.5'), '1,5', 'right 1'],
    ['a decimal point was graded wrong', number('1,5'), '1.5', 'right 1'],
    ['a decimal comma crashed the checker', number('1,5'), ',', 'not-a-number'],
    ['a space made a right answer wrong', word('вследствие'), ' вследствие ', 'right 1'],
    ['a space in the key made every answer wrong', word('вследствие '), 'вследствие', 'right 1'],
    ['case made a right answer wrong', word('Вследствие'), 'вследствие', 'right 1'],
    ['a typographic minus made a right answer wrong', number('-5'), '−5', 'right 1'],
    ['half of one point was rounded up to the full score', sequence('12'), '13', 'wrong 0'],
    ['binary fractions were compared', number('0,3', '0,1'), '0,2', 'right 1'],
    ['20 digits were compared as a double', number('12345678901234567890'), '12345678901234567891', 'wrong 0'],
  ])('%s', (_, spec, value, expected) => {
    expect(graded(spec, 1, value)).toBe(expected);
  });
});

describe('full score', () => {
  test.each<[AnswerSpec, AnswerValue, string]>([
    [number('1,50'), '+1.5', 'right 1'],
    [number('-0'), '0', 'right 1'],
    [number('12,5', '0,01'), '12,51', 'right 1'],
    [number('12,5', '0,01'), '12,511', 'wrong 0'],
    [number('12,5', 'a bit'), '12,51', 'wrong 0'],
    [word('первый', '1-й'), '1–Й', 'right 1'],
    [word('первый', '1-й'), 'первая', 'wrong 0'],
    [spelling('берёт'), 'берет', 'wrong 0'],
    [choice, 'b', 'right 1'],
    [choice, 'a', 'wrong 0'],
    [choices(['a', 'c']), ['c', 'a'], 'right 1'],
    [choices(['a', 'c']), ['a'], 'wrong 0'],
    [sequence('4132'), '4 1 3 2', 'right 1'],
    [set('135'), '5, 3, 1', 'right 1'],
    [{ kind: 'sequence', key: 'xyzw', alphabet: 'latin', partial: 'none' }, 'ХУZW', 'right 1'],
    [cells('18 57; 20 63', 'none', 10), rows('18 57; 20 63; _ _; _ _'), 'right 1'],
    [cells('18 57', 'none'), rows('57 18'), 'wrong 0'],
  ])('%j ← %j: %s', (spec, value, expected) => {
    expect(graded(spec, 1, value)).toBe(expected);
  });

  test('a key that cannot be read equals no answer', () => {
    expect(graded(number('five'), 1, '5')).toBe('wrong 0');
    expect(graded(word(), 1, '5')).toBe('wrong 0');
  });

  test('a declared length is asked for before anything is graded', () => {
    const spec: AnswerSpec = { kind: 'sequence', key: '4132', length: 4, partial: 'ege' };
    expect(checkAnswer(spec, 2, '41')).toEqual({ graded: false, problem: { code: 'length', needed: 4, given: 2 } });
  });

  test('the graded answer says how it was understood', () => {
    expect(checkAnswer(number('-12,5'), 1, '–12.50')).toEqual({
      graded: true,
      verdict: 'right',
      points: 1,
      canonical: '-12.5',
      understood: '−12,5',
    });
  });
});

describe('half of the points', () => {
  test.each<[string, AnswerSpec, AnswerValue, Verdict]>([
    ['matching: exactly one position differs', sequence('4132'), '4133', 'partly'],
    ['matching: two positions differ', sequence('4132'), '4123', 'wrong'],
    ['matching: an extra symbol gives nothing', sequence('4132'), '41322', 'wrong'],
    ['matching: a missing symbol gives nothing', sequence('4132'), '413', 'wrong'],
    ['matching: nothing is right in a lone symbol', sequence('4'), '5', 'wrong'],
    ['matching without partial credit', sequence('4132', 'none'), '4133', 'wrong'],
    ['several of a list: one is wrong', set('135'), '134', 'partly'],
    ['several of a list: one is extra', set('135'), '1345', 'partly'],
    ['several of a list: one is missing', set('135'), '15', 'partly'],
    ['several of a list: one is extra and one wrong', set('135'), '1246', 'wrong'],
    ['several of a list: two are wrong', set('135'), '124', 'wrong'],
    ['several of a list: two are extra', set('135'), '12345', 'wrong'],
    ['several of a list: two are missing', set('135'), '1', 'wrong'],
    ['several of a list: nothing is right', set('1'), '2', 'wrong'],
    ['several of a list without partial credit', set('135', 'none'), '13', 'wrong'],
    ['options: one is wrong', choices(['a', 'c']), ['a', 'b'], 'partly'],
    ['options: one is extra', choices(['a', 'c']), ['a', 'b', 'c'], 'partly'],
    ['options: one is missing', choices(['a', 'c']), ['c'], 'partly'],
    ['options: everything ticked', choices(['a', 'c']), ['a', 'b', 'c', 'd'], 'wrong'],
    ['options without partial credit', choices(['a', 'c'], 'none'), ['a'], 'wrong'],
    ['table: numbers interchanged', cells('18 57', 'swapped'), rows('57 18'), 'partly'],
    ['table: rows interchanged', cells('1 2; 3 4', 'swapped'), rows('3 4; 1 2'), 'partly'],
    ['table: interchanged within rows', cells('1 2; 3 4', 'swapped'), rows('2 1; 4 3'), 'partly'],
    ['table: a number repeated is not interchanged', cells('1 2', 'swapped'), rows('1 1'), 'wrong'],
    ['table: a number more is not interchanged', cells('1 2', 'swapped', 2), rows('2 1; 3 _'), 'wrong'],
    ['table: interchanged does not count here', cells('18 57', 'one-right'), rows('57 18'), 'wrong'],
    ['table of one row: one cell right', cells('18 57', 'one-right'), rows('18 58'), 'partly'],
    ['table of one row: the other left blank', cells('18 57', 'one-right'), rows('_ 57'), 'partly'],
    ['table of one row: both wrong', cells('18 57', 'one-right'), rows('17 58'), 'wrong'],
    ['table: one whole row right', cells('1 2; 3 4', 'one-right'), rows('5 6; 3 4'), 'partly'],
    ['table: half a row right', cells('1 2; 3 4', 'one-right'), rows('1 6; 5 4'), 'wrong'],
    ['table: a right row in another place', cells('1 2; 3 4', 'one-right'), rows('3 4; 5 6'), 'wrong'],
    ['table: one column, wider answer', cells('1; 3', 'one-right'), rows('1; 4 5'), 'partly'],
    ['table: one right does not count here', cells('18 57', 'swapped'), rows('18 58'), 'wrong'],
    ['table: either, interchanged', cells('18 57', 'swapped-or-one-right'), rows('57 18'), 'partly'],
    ['table: either, one right', cells('18 57', 'swapped-or-one-right'), rows('18 _'), 'partly'],
    ['table without partial credit', cells('18 57', 'none'), rows('57 18'), 'wrong'],
  ])('%s', (_, spec, value, verdict) => {
    expect(graded(spec, 2, value)).toBe(`${verdict} ${verdict === 'partly' ? 1 : 0}`);
    expect(graded(spec, 3, value)).toBe(`${verdict} ${verdict === 'partly' ? 1 : 0}`);
    expect(graded(spec, 1, value)).toBe('wrong 0');
  });
});
