import { describe, expect, test } from 'vitest';
import { beginningOf, type FaqFields, parseCopy } from './faq-draft.ts';

const stored: FaqFields = { categoryId: 'one', title: 'Код не приходит', body: 'Проверьте спам.', keywords: 'письмо' };
const typed: FaqFields = { ...stored, body: 'Проверьте папку «Спам».' };

describe('the form begins', () => {
  test.each([
    ['with what is stored', null, { fields: stored, rev: 3, restored: false, conflict: false }],
    ['with what was left here', { fields: typed, rev: 3 }, { fields: typed, rev: 3, restored: true, conflict: false }],
    [
      'with a copy of what is stored: nothing is restored',
      { fields: { ...stored }, rev: 2 },
      { fields: stored, rev: 3, restored: false, conflict: false },
    ],
    [
      'with what was left here, changed by others since',
      { fields: typed, rev: 2 },
      { fields: typed, rev: 2, restored: true, conflict: true },
    ],
  ])('%s', (_, copy, expected) => {
    expect(beginningOf(stored, 3, copy)).toEqual(expected);
  });

  test('a new one has nothing to be in conflict with', () => {
    const empty = { categoryId: '', title: '', body: '', keywords: '' };
    expect(beginningOf(empty, null, { fields: typed, rev: null })).toEqual({ fields: typed, rev: null, restored: true, conflict: false });
  });
});

test.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['something else', '[]'],
  ['half of it', JSON.stringify({ fields: { title: 'x' }, rev: 1 })],
  ['other kinds', JSON.stringify({ fields: { ...stored, body: 5 }, rev: 1 })],
])('%s on the device is no copy', (_, text) => {
  expect(parseCopy(text)).toBeNull();
});

test('a copy comes back as it was written', () => {
  expect(parseCopy(JSON.stringify({ fields: typed, rev: 7 }))).toEqual({ fields: typed, rev: 7 });
  expect(parseCopy(JSON.stringify({ fields: typed, rev: null }))).toEqual({ fields: typed, rev: null });
});
