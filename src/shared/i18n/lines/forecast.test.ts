import { describe, expect, test } from 'vitest';
import { gapsOf } from './forecast.ts';

describe('the way to the marks', () => {
  const marks = [
    { score: 60, primary: 11 },
    { score: 80, primary: 17 },
  ];
  const at = (primary: number) => ({ primary, score: 0, low: { primary, score: 0 }, high: { primary, score: 0 } });
  test.each([
    [
      'neither yet',
      8,
      17,
      {
        reached: false,
        gaps: [
          { score: 60, points: 3 },
          { score: 80, points: 9 },
        ],
      },
    ],
    ['the first passed', 11, 17, { reached: false, gaps: [{ score: 80, points: 6 }] }],
    ['the target reached, the next one ahead', 11, 11, { reached: true, gaps: [{ score: 80, points: 6 }] }],
    ['all', 17, 17, { reached: true, gaps: [] }],
  ])('%s', (_, primary, targetPrimary, expected) => {
    expect(gapsOf({ marks, now: at(primary), targetPrimary })).toEqual(expected);
  });

  test('a mark that the scale does not reach is not spoken of', () => {
    expect(gapsOf({ marks: [{ score: 80, primary: null }], now: at(3), targetPrimary: null })).toEqual({ reached: false, gaps: [] });
  });
});
