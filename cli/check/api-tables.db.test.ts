/** docs/api.md says what the routers are. No database is asked: the workers of this suite have imported the server already. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiDocument, renewApiNotes } from './api-tables.ts';

const root = new URL('../../', import.meta.url);
const written = () => readFile(new URL(apiDocument, root), 'utf8');

test('it is up to date, and something is said of every procedure; if not: npm run api-notes', async () => {
  const text = await written();
  expect(renewApiNotes(text)).toEqual({ text, wordless: [] });
});

test('what changed in the routers, or was taken out of the document, is seen; the words stay', async () => {
  const text = await written();
  const row = /^\| `tasks\.submit` .*\n/m;
  expect(row.exec(text)?.[0]).toContain('| mutation | signed in | `taskId`, `clientId`, `value` |');
  expect(renewApiNotes(text.replace(row, '')).wordless).toEqual(['tasks.submit']);
  const stale = text.replace('| `tasks.submit` | mutation | signed in |', '| `tasks.submit` | query | anybody |');
  expect(stale).not.toBe(text);
  expect(renewApiNotes(stale).text).toBe(text);
  const gone = text.replace(row, (line) => `${line}| \`tasks.noSuch\` | query | anybody | – | Nothing. |\n`);
  expect(renewApiNotes(gone).text).toBe(text);
  expect(() => renewApiNotes('# API')).toThrow('docs/api.md lacks the lines');
});
