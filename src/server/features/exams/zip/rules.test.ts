import { expect, test } from 'vitest';
import { pathsOf } from './rules.ts';

const heading = (number: number) => `Задание ${number}`;
const file = (place: number, examNumber: number | null, name = 'a.txt') => ({ place, examNumber, name });

test.each([
  ['numbers of the exam, where every task has its own', [17, 26], [file(1, 17), file(2, 26)], ['Задание 17/a.txt', 'Задание 26/a.txt']],
  ['places, where a task has none', [17, null], [file(1, 17), file(2, null)], ['Задание 1/a.txt', 'Задание 2/a.txt']],
  ['places, where a task without files has none', [17, null], [file(1, 17)], ['Задание 1/a.txt']],
  ['places, where two tasks have the same', [17, 17], [file(1, 17), file(2, 17)], ['Задание 1/a.txt', 'Задание 2/a.txt']],
  ['several files of one task', [27], [file(1, 27, 'A.txt'), file(1, 27, 'B.txt')], ['Задание 27/A.txt', 'Задание 27/B.txt']],
])('%s', (_, tasks, files, paths) => {
  expect(pathsOf(heading, tasks, files)).toEqual(paths);
});
