import { describe, expect, test } from 'vitest';
import { audienceOf, differsTooMuch, hasBegun, missingToSend } from './rules.ts';

test.each([
  [100, 100, false],
  [100, 101, false],
  [100, 102, true],
  [100, 99, false],
  [100, 98, true],
  [3, 4, true],
  [3, 3, false],
  [0, 1, true],
  [10_412, 10_516, false],
  [10_412, 10_517, true],
])('agreed to %i, now %i: too much is %s', (expected, real, tooMuch) => {
  expect(differsTooMuch(expected, real)).toBe(tooMuch);
});

const whole = {
  title: 'Разбор',
  body: 'Текст',
  buttonLabel: null,
  buttonUrl: null,
  audience: 'all',
  courseId: null,
  inactiveDays: null,
  toSite: true,
  toTelegram: false,
  toEmail: false,
};
test.each([
  ['whole', {}, []],
  ['no title', { title: ' ' }, ['title']],
  ['a title without width', { title: '\u200b' }, ['title']],
  ['no text', { body: '\n' }, ['body']],
  ['nowhere', { toSite: false }, ['channels']],
  ['nothing at all', { title: '', body: '', toSite: false }, ['title', 'body', 'channels']],
])('missing to send: %s', (_, over, fields) => {
  expect(missingToSend({ ...whole, ...over }).map(({ field }) => field)).toEqual(fields);
});

test.each([
  ['draft', false],
  ['scheduled', false],
  ['sending', true],
  ['paused', true],
  ['done', true],
  ['cancelled', true],
] as const)('%s has begun: %s', (state, begun) => {
  expect(hasBegun(state)).toBe(begun);
});

describe('of what can no longer be meant nobody is left', () => {
  test.each([
    ['a course that is gone', { audience: 'course', courseId: null, inactiveDays: null }],
    ['a word of another version', { audience: 'parents', courseId: null, inactiveDays: null }],
  ])('%s', (_, row) => {
    expect(audienceOf(row)).toEqual({ audience: 'list' });
  });
});
