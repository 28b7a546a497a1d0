import { expect, test } from 'vitest';
import { inOneOrder, toGrading } from './desk-draft.ts';

const comment = (key: number, start: number, body: string) => ({ key, start, end: start + 3, body });

test('a remark without words is none yet, and the others stand in the order of the text', () => {
  const grading = { scores: { K1: 1 }, remark: 'так', comments: [comment(1, 9, 'два'), comment(2, 5, ' '), comment(3, 0, 'раз')] };
  expect(toGrading(grading).comments).toEqual([
    { start: 0, end: 3, body: 'раз' },
    { start: 9, end: 12, body: 'два' },
  ]);
});

test('two gradings that say the same are saved once', () => {
  const here = toGrading({ scores: { K2: 0, K1: 1 }, remark: '', comments: [comment(1, 0, 'раз')] });
  const there = inOneOrder({ scores: { K1: 1, K2: 0 }, comments: [{ start: 0, end: 3, body: 'раз' }], remark: '' });
  expect(JSON.stringify(here)).toBe(JSON.stringify(there));
});
