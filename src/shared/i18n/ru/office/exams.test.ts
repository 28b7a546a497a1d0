import { describe, expect, test } from 'vitest';
import { exams as en } from '../../en/office/exams.ts';
import { exams as ru } from './exams.ts';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('words of exams', () => {
  test.each([
    [1, 'из 1 балла'],
    [21, 'из 21 балла'],
    [22, 'из 22 баллов'],
    [29, 'из 29 баллов'],
  ])('of %i points', (of, expected) => {
    expect(plain(ru.results.mean('12,1', of))).toBe(`в среднем 12,1 ${expected}`);
    expect(plain(ru.editor.scaleFits(of, 2025))).toContain(`${of} ${expected} шкалы`);
  });

  test('the editor says that a closing touches those who are writing, sooner and later', () => {
    expect(ru.editor.running(1)).toMatch(/раньше – .*позже – /);
    expect(en.editor.running(1)).toMatch(/sooner .*later /);
  });
});
