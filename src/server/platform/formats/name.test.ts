import { expect, test } from 'vitest';
import { nameInText } from './name.ts';

test.each([
  ['Анна', 'Анна'],
  ['А.Б.', 'А. Б.'],
  ['www.evil.ru', 'www. evil. ru'],
  ['премия.рф', 'премия. рф'],
])('%s is said as %s', (name, said) => {
  expect(nameInText(name)).toBe(said);
});
