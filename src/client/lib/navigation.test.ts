import { expect, test } from 'vitest';
import { anchorOf } from './navigation.ts';

test.each([
  ['', ''],
  ['#task-3', 'task-3'],
  ['#%D1%82%D0%B5%D0%BC%D0%B0', 'тема'],
  ['#%', '%'],
  ['#100%-верно', '100%-верно'],
])('the hash %j leads to %j', (hash, id) => {
  expect(anchorOf(hash)).toBe(id);
});
