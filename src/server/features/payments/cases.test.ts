/** The table at the end of docs/payments.md says where each case is tested. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const table = /## The 52 cases\n(.+)/s.exec(await readFile(new URL('docs/payments.md', root), 'utf8'))?.[1] ?? '';
const rows = [...table.matchAll(/^\| (\d+) \|.*\| (`.+`) \|$/gm)].map(([, number = '', files = '']) => ({
  number,
  files: files.split(', ').map((file) => file.slice(1, -1)),
}));

test('every case is there', () => {
  expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 52 }, (_, index) => index + 1));
});

test.each(rows)('case $number is tested where the table says', async ({ number, files }) => {
  for (const file of files)
    expect(await readFile(new URL(`src/server/${file}.test.ts`, root), 'utf8'), file).toMatch(new RegExp(`case ${number}\\b`));
});
