import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { canonicalOf, uuidOf } from './rules.ts';

test('the same bytes are the same UUID, others another', () => {
  const of = (text: string) => uuidOf(createHash('sha256').update(text).digest());
  expect(z.uuid().parse(of('a'))).toBe(of('a'));
  expect(new Set(['a', 'b', 'c'].map(of)).size).toBe(3);
});

test('an answer reads as everywhere, and what is none any more reads as nothing', () => {
  expect(canonicalOf({ kind: 'number', key: '1' }, '01,50')).toBe('1.5');
  expect(canonicalOf({ kind: 'number', key: '1' }, [['1']])).toBeNull();
});
