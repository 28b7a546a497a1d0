/** The guides are whole: what one language tells the other does too, and the administrator finds every setting. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { configNames } from '#server/platform/config.ts';

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** Chapters and pictures in their order; words differ from language to language. */
const skeleton = (text: string) => text.match(/^#+ |\(screenshots\/[^)]+\)/gm);

/** Settings in the first column of the last table. */
function settingsTold(text: string): string[] {
  const table = text.slice(text.indexOf('## All settings'));
  const cells = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map(([, name = '']) => name));
}

test('the teachers’ guide has the same chapters and pictures in both languages', async () => {
  const russian = skeleton(await read('moderators-guide.ru.md'));
  expect(russian?.length).toBeGreaterThan(20);
  expect(skeleton(await read('moderators-guide.md'))).toEqual(russian);
});

test('the administrator’s guide names exactly the settings that are read, each once', async () => {
  expect(settingsTold(await read('admin-guide.md')).toSorted()).toEqual(configNames.toSorted());
});
