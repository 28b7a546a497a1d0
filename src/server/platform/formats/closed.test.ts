import { describe, expect, test } from 'vitest';
import { closed } from './closed.ts';
import { toTelegram } from './telegram.ts';

describe('what was left open ends with its text', () => {
  test.each([
    ['```python\nprint(1)', '```'],
    ['Так:\n~~~~\n~~~\nx', '~~~~'],
    ['  ```\nx', '```'],
    ['```', '```'],
    ['$$\nx + 1', '$$'],
  ])('%j', (text, fence) => expect(closed(text)).toBe(`${text}\n${fence}`));

  test.each(['Просто слова', '```\nx\n```', '```\nx\n`````  ', '$$\nx\n$$', '- ```\n  x', '> ```\n> x', '`x`', '    ```', 'x ```\ny'])(
    'nothing to close: %j',
    (text) => expect(closed(text)).toBe(text),
  );

  test('the next message is no program', () => {
    for (const open of ['```python\nprint(1)', '- ```\n  x', '> ```\n> x', '```\r\nx'])
      expect(toTelegram(`${closed(open)}\n\nи **слово**`, { siteUrl: 'https://school.example' }).pieces[0]?.html).toContain('<b>слово</b>');
  });
});
