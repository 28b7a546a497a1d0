import { expect, test, vi } from 'vitest';
import { singleClick } from './single-click.ts';

test.each([
  ['a click', [1], 1],
  ['a double click', [1, 2], 1],
  ['a triple click', [1, 2, 3], 1],
  ['two clicks apart', [1, 1], 2],
  ['Enter twice', [0, 0], 2],
])('%s acts so often: %j → %i', (_, details, times) => {
  const act = vi.fn();
  const onClick = singleClick(act);
  for (const detail of details) onClick({ detail });
  expect(act).toHaveBeenCalledTimes(times);
});
