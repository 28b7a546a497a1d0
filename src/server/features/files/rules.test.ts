import { expect, test } from 'vitest';
import { fileNamePattern } from '../../platform/markdown/address.ts';
import { fileNameFor } from './rules.ts';
import { tidyName } from './uploads/rules.ts';

test.each([
  ['Разбор 17-го задания.MP4', 'razbor-17-go-zadaniya.mp4'],
  ['graph.svg', 'graph.svg'],
  ['Ёжик в тумане.png', 'ezhik-v-tumane.png'],
  ['Фото «1» (копия).jpeg', 'foto-1-kopiya.jpeg'],
  ['   .jpg', 'file.jpg'],
  ['日本語.pdf', 'file.pdf'],
  ['résumé.final.pdf', 'resume-final.pdf'],
  ['../../etc/passwd.txt', 'etc-passwd.txt'],
  [`${'щ'.repeat(200)}.png`, `${'sch'.repeat(20)}.png`],
  ['17.txt', '17.txt'],
  ['a_b.csv', 'a_b.csv'],
])('%s becomes %s', (typed, name) => {
  expect(fileNameFor(typed, typed, new Set())).toBe(name);
  expect(name).toMatch(fileNamePattern);
});

test('a name that the topic has gets a number, whatever its case', () => {
  expect(fileNameFor('a.png', 'a.png', new Set(['A.png', 'a-2.PNG']))).toBe('a-3.png');
  expect(fileNameFor('a.png', 'a.png', new Set(['a.jpg']))).toBe('a.png');
});

test('a wish keeps the ending of what was sent', () => {
  expect(fileNameFor('График', 'x.png', new Set())).toBe('grafik.png');
  expect(fileNameFor('graph.exe', 'x.png', new Set())).toBe('graph-exe.png');
  expect(fileNameFor('Graph.PNG', 'x.png', new Set())).toBe('graph.png');
});

test.each([
  ['a\u0000b\u202e.png', 'ab.png'],
  ['..\\..\\a.png', '.. .. a.png'],
  ['  a   b.png ', 'a b.png'],
])('%j is tidied to %j', (typed, name) => {
  expect(tidyName(typed)).toBe(name);
});
