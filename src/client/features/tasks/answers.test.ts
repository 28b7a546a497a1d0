import { describe, expect, test } from 'vitest';
import { readAnswer } from '#shared/answers/read.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { blankAnswer, fits, fromUnderstood, showUnderstood, toAnswerFormat, toggleSign } from './answers.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, html: `<p>${id}</p>` }));
const formats: Record<string, AnswerFormatDto> = {
  number: { kind: 'number' },
  word: { kind: 'word' },
  choice: { kind: 'choice', options },
  choices: { kind: 'choices', options },
  sequence: { kind: 'sequence', length: 4 },
  set: { kind: 'set' },
  cells: { kind: 'cells', rows: 3, cols: 2 },
};

test('a blank answer fits its own field and is read as none', () => {
  for (const format of Object.values(formats)) {
    const blank = blankAnswer(format);
    expect(fits(format, blank)).toBe(true);
    expect(readAnswer(toAnswerFormat(format), blank)).toEqual({ ok: false, problem: { code: 'empty' } });
  }
});

describe('fits', () => {
  test.each([
    ['number', 12],
    ['number', ['12']],
    ['choice', 'z'],
    ['choices', ['a', 'z']],
    ['choices', 'a'],
    ['cells', [['1', '2']]],
    [
      'cells',
      [
        ['1', '2'],
        ['1', '2'],
        ['1', 2],
      ],
    ],
    ['word', null],
  ])('%s refuses %j', (kind, value) => {
    expect(fits(formats[kind] as AnswerFormatDto, value)).toBe(false);
  });
});

describe('what was understood', () => {
  test.each([
    ['number', '12.50', '12,5'],
    ['sequence', '24 31', '2431'],
    ['choice', 'b', '2'],
    ['choices', ['c', 'a'], '1, 3'],
    [
      'cells',
      [
        ['-7', '30047'],
        ['', '19'],
        ['', ''],
      ],
      '−7 · 30047; — · 19',
    ],
  ])('%s %j is shown as %s and goes back into the field as the same answer', (kind, value, shown) => {
    const format = formats[kind] as AnswerFormatDto;
    const reading = readAnswer(toAnswerFormat(format), value);
    if (!reading.ok) throw new Error(reading.problem.code);
    expect(showUnderstood(format, reading.understood)).toBe(shown);
    const back = fromUnderstood(format, reading.understood);
    expect(fits(format, back)).toBe(true);
    expect(readAnswer(toAnswerFormat(format), back)).toEqual(reading);
  });
});

test.each([
  ['', '−'],
  ['17', '−17'],
  [' 17', '−17'],
  ['-17', '17'],
  ['− 17', '17'],
  ['–17', '17'],
])('the sign of «%s» turns to «%s»', (before, after) => {
  expect(toggleSign(before)).toBe(after);
});
