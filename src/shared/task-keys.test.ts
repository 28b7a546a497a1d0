import { describe, expect, test } from 'vitest';
import { parseTaskSource } from '#server/features/transfer/task-source.ts';
import { answerKinds, taskKeys, taskKeysFor, valuesOfKey } from './task-keys.ts';

const codesOf = (frontMatter: string) => {
  const parsed = parseTaskSource(`---\ntitle: Задание\n${frontMatter}\n---\nУсловие\n\n# Подсказка\n\nа\n\n# Решение\n\nб`);
  return parsed.ok ? [] : parsed.problems.map((problem) => `${problem.code} ${'key' in problem ? problem.key : ''}`.trim());
};

describe('what the editor completes is what the parser takes', () => {
  test.each(taskKeys)('the key %s is known', (key) => {
    expect(codesOf(`kind: number\nkey: 1\n${key}: x`)).not.toContain(`key-unknown ${key}`);
  });

  test('any other is not', () => {
    expect(codesOf('kind: number\nkey: 1\nkeys: x')).toContain('key-unknown keys');
  });

  test.each(answerKinds)('a task of kind %s may have every key that is offered for it', (kind) => {
    for (const key of taskKeysFor(kind)) expect(codesOf(`kind: ${kind}\n${key}: x`)).not.toContain(`key-unfit ${key}`);
    for (const key of taskKeys.filter((one) => !taskKeysFor(kind).includes(one))) {
      expect(codesOf(`kind: ${kind}\n${key}: x`)).toContain(`key-unfit ${key}`);
    }
  });

  test.each(answerKinds.flatMap((kind) => taskKeysFor(kind).flatMap((key) => valuesOfKey(key, kind).map((value) => [kind, key, value]))))(
    'kind %s: «%s: %s» is taken',
    (kind, key, value) => {
      const codes = codesOf(key === 'kind' ? `kind: ${value}` : `kind: ${kind}\n${key}: ${value}`);
      expect(codes.filter((code) => code === `value-choice ${key}` || code === `value-invalid ${key}`)).toEqual([]);
    },
  );
});
