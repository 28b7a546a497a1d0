import { expect, test } from 'vitest';
import type { TextDto } from '#shared/texts.ts';
import { beginningOf, type LocalCopy } from './local-copy.ts';

const dto: TextDto = {
  kind: 'task',
  subjectId: '1',
  title: 'Корень',
  course: { id: '1', slug: 'math', title: 'Математика' },
  topic: null,
  number: 1,
  published: 'Было',
  draft: 'Черновик',
  rev: 7,
  editedBy: 'Ольга Громова',
  editedByMe: false,
  editedAt: null,
  publishedAt: null,
  deleted: false,
  fileNames: [],
  studentUrl: null,
};
const theirs = { source: 'Черновик', by: 'Ольга Громова', byMe: false, at: null, rev: 7, published: false };

test.each<[string, LocalCopy | null, ReturnType<typeof beginningOf>]>([
  ['nothing was left', null, { text: 'Черновик', stored: 'Черновик', restored: false, theirs: null }],
  [
    'what was left has arrived',
    { source: 'Черновик', baseRev: 3 },
    { text: 'Черновик', stored: 'Черновик', restored: false, theirs: null },
  ],
  ['the copy goes on', { source: 'Дальше', baseRev: 7 }, { text: 'Дальше', stored: 'Черновик', restored: true, theirs: null }],
  ['somebody wrote meanwhile', { source: 'Дальше', baseRev: 6 }, { text: 'Дальше', stored: 'Черновик', restored: true, theirs }],
])('%s', (_, copy, expected) => {
  expect(beginningOf(dto, copy)).toEqual(expected);
});

test('without a draft the published text stands there', () => {
  expect(beginningOf({ ...dto, draft: null }, null).text).toBe('Было');
  expect(beginningOf({ ...dto, draft: null, published: null }, null).text).toBe('');
});
