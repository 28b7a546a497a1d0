import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ScaleProblem, scaleProblem } from './scales.ts';

test.each<[string, number[], number, ScaleProblem | null]>([
  ['one point', [100], 1, null],
  ['a short scale', [7, 14, 100], 3, null],
  ['several points of full marks', [50, 100, 100], 3, null],
  ['steps without a rise', [10, 10, 100], 3, null],
  ['a zero at the beginning', [0, 100], 2, null],
  ['too short', [7, 100], 3, { reason: 'length', expected: 3, at: 3 }],
  ['too long', [7, 14, 50, 100], 3, { reason: 'length', expected: 3, at: 4 }],
  ['nothing', [], 3, { reason: 'length', expected: 3, at: 1 }],
  ['falling', [7, 14, 13, 100], 4, { reason: 'order', expected: 14, at: 3 }],
  ['falling and too short: the place comes first', [7, 6], 3, { reason: 'order', expected: 7, at: 2 }],
  ['not up to 100', [7, 14, 99], 3, { reason: 'last', expected: 100, at: 3 }],
])('%s', (_, points, maxPrimary, problem) => {
  expect(scaleProblem(points, maxPrimary)).toEqual(problem);
});

describe('the scales of the demo school', () => {
  const text = readFileSync(new URL('../../prisma/demo/subjects.yaml', import.meta.url), 'utf8');
  const subjects = parse(text, { schema: 'failsafe' }) as { slug: string; 'max-primary': string; scales: Record<string, string> }[];
  const maxima = {
    informatics: 29,
    'math-profile': 32,
    russian: 50,
    physics: 45,
    biology: 57,
    chemistry: 56,
    social: 58,
    history: 42,
    literature: 48,
  };

  test('there are nine subjects, each with the points of its exam', () => {
    expect(Object.fromEntries(subjects.map((subject) => [subject.slug, Number(subject['max-primary'])]))).toEqual(maxima);
  });

  /** What it takes to reach 60 and 80, as the facts have it. */
  const reached: Record<string, [number, number]> = {
    informatics: [14, 21],
    'math-profile': [11, 17],
    russian: [31, 43],
    physics: [22, 35],
    biology: [29, 45],
    chemistry: [29, 45],
    social: [34, 48],
    history: [23, 33],
    literature: [39, 45],
  };
  test.each(subjects)('$slug', ({ slug, 'max-primary': max, scales }) => {
    expect(Object.keys(scales)).toEqual(['2025']);
    const points = (scales[2025] ?? '').split(' ').map(Number);
    expect(scaleProblem(points, Number(max))).toBeNull();
    expect([60, 80].map((target) => points.findIndex((score) => score >= target) + 1)).toEqual(reached[slug]);
  });
});
