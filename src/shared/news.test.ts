import { expect, test } from 'vitest';
import { newsButton, newsLimits, updateNewsInput } from './news.ts';

test.each([
  ['/courses/math-80', true],
  ['/', true],
  ['https://example.ru/a?b=c#d', true],
  [' https://example.ru ', true],
  ['', false],
  ['courses/math', false],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['\\\\evil.example', false],
  ['javascript:alert(1)', false],
  ['JaVaScRiPt:alert(1)', false],
  ['https:javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['http://example.ru', false],
  ['ftp://example.ru', false],
  ['https://', false],
  ['https://exa mple.ru', false],
  ['/a b', false],
  ['/a\nb', false],
  [`https://example.ru/${'a'.repeat(newsLimits.buttonUrl)}`, false],
])('the address of a button: %j', (url, taken) => {
  expect(newsButton.safeParse({ label: 'Смотреть', url }).success).toBe(taken);
});

const post = {
  id: '6f1c0b7a-2f5e-4c1d-9a53-0c1f2e3d4b5a',
  rev: 1,
  title: '',
  body: '',
  button: null,
  to: { audience: 'all' },
  channels: { site: true, telegram: true, email: true },
};
test.each([
  ['as it is', {}, true],
  ['the longest text', { body: 'а'.repeat(newsLimits.body) }, true],
  ['a longer one', { body: 'а'.repeat(newsLimits.body + 1) }, false],
  ['a long title', { title: 'а'.repeat(newsLimits.title + 1) }, false],
  ['a button without words', { button: { label: ' ', url: '/' } }, false],
  ['a course without its id', { to: { audience: 'course' } }, false],
  ['inactive for no day', { to: { audience: 'inactive', inactiveDays: 0 } }, false],
  ['inactive for longer than a year', { to: { audience: 'inactive', inactiveDays: 366 } }, false],
  ['whatever else', { state: 'done' }, false],
])('an announcement: %s', (_, over, taken) => {
  expect(updateNewsInput.safeParse({ ...post, ...over }).success).toBe(taken);
});

test('what no database keeps is replaced', () => {
  expect(updateNewsInput.parse({ ...post, body: 'a\0b\ud800' }).body).toBe('a\ufffdb\ufffd');
});
