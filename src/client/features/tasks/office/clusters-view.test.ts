import { expect, test } from 'vitest';
import type { ShownAnswerDto } from '#shared/clusters.ts';
import { answerInLine } from './clusters-view.ts';

test.each<[ShownAnswerDto, string]>([
  [{ kind: 'text', text: '144' }, '144'],
  [
    {
      kind: 'options',
      chosen: [
        { place: 2, html: 'б' },
        { place: 4, html: 'г' },
      ],
    },
    '2, 4',
  ],
  [{ kind: 'text', text: '1 '.repeat(60) }, `${'1 '.repeat(39)}1…`],
])('%o reads %s', (answer, line) => {
  expect(answerInLine(answer)).toBe(line);
  expect(answerInLine(answer).length).toBeLessThanOrEqual(80);
});
