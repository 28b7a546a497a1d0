import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { createMailer } from './create-mailer.ts';
import { listLetters, readLetter } from './folder.ts';

let dataDir: string;
let printed: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-mail-'));
  printed = '';
});
afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

function aMailer() {
  return createMailer({ kind: 'folder' }, dataDir, createLog('silent'), (text) => {
    printed += text;
  });
}
const letter = { to: 'anna@example.ru', subject: '482913 – код', text: 'Ваш код: 482913\nДо встречи' };

test('a letter is kept and shown, code and all', async () => {
  await aMailer().send({ ...letter, headers: { 'List-Id': 'news' } });
  const [kept] = await listLetters(dataDir);
  expect(kept).toMatchObject({ ...letter, headers: { 'List-Id': 'news' } });
  expect(kept && (await readLetter(dataDir, kept.id))).toEqual(kept);
  expect(printed).toContain('anna@example.ru');
  expect(printed).toContain('\n482913 – код\n');
  expect(printed).toContain('\nВаш код: 482913\nДо встречи\n');
});

test('the HTML part is kept with its pictures in it, and letters of old had none', async () => {
  const content = Buffer.from([0x89, 0x50]);
  const html = '<img src="cid:week.png@letter">';
  await aMailer().send({
    ...letter,
    html,
    attachments: [{ cid: 'week.png@letter', filename: 'week.png', content, contentType: 'image/png' }],
  });
  expect((await listLetters(dataDir))[0]?.html).toBe('<img src="data:image/png;base64,iVA=">');
  const old = { id: '000000000000001-aaaaaaaa', at: '2026-01-01T00:00:00.000Z', to: 'a@b.ru', subject: 'a', text: 'b', headers: {} };
  await writeFile(join(dataDir, 'mail', `${old.id}.json`), JSON.stringify(old));
  expect(await readLetter(dataDir, old.id)).toEqual(old);
});

test('only the owner of the server may read the files', async () => {
  await aMailer().send(letter);
  const [name = ''] = await readdir(join(dataDir, 'mail'));
  expect((await stat(join(dataDir, 'mail', name))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, 'mail'))).mode & 0o777).toBe(0o700);
});

test('the newest 200 stay, in order, also of one millisecond', async () => {
  const { send } = aMailer();
  for (let number = 1; number <= 205; number += 1) await send({ ...letter, subject: String(number) });
  const subjects = (await listLetters(dataDir)).map(({ subject }) => Number(subject));
  expect(subjects).toEqual(Array.from({ length: 200 }, (_, index) => 205 - index));
  expect(await readdir(join(dataDir, 'mail'))).toHaveLength(200);
});

test('twenty at once are twenty', async () => {
  const mailers = [aMailer(), aMailer()];
  await Promise.all(Array.from({ length: 20 }, (_, index) => mailers[index % 2]?.send(letter)));
  expect(await listLetters(dataDir)).toHaveLength(20);
});

test('nothing kept yet, a damaged file and a foreign file are no letters', async () => {
  expect(await listLetters(dataDir)).toEqual([]);
  await aMailer().send(letter);
  const [kept] = await listLetters(dataDir);
  await writeFile(join(dataDir, 'mail', '009999999999999-aaaaaaaa.json'), '{"id":');
  await writeFile(join(dataDir, 'mail', 'notes.json'), '{}');
  expect(await listLetters(dataDir)).toEqual([kept]);
});

test.each(['../secret', '..%2fsecret', '', '001732000000000-aaaaaaaa/../../secret', '001732000000000-aaaaaaaa'])(
  '%j is no letter',
  async (id) => {
    await writeFile(join(dataDir, 'secret.json'), '{}');
    expect(await readLetter(dataDir, id)).toBeNull();
  },
);

test('what a person typed does not steer the terminal', async () => {
  await aMailer().send({ to: 'anna@example.ru', subject: 'a\u001b]0;owned\u0007b\nc', text: '\u001b[2Jкод\r\n\u202eвторая' });
  expect(printed).not.toMatch(/[^\P{C}\n]/u);
  expect(printed).toContain('\na]0;ownedb c\n');
  expect(printed).toContain('\n[2Jкод\nвторая\n');
});

test('a folder that cannot be written fails the letter', async () => {
  await writeFile(join(dataDir, 'mail'), 'not a folder');
  await chmod(join(dataDir, 'mail'), 0o600);
  await expect(aMailer().send(letter)).rejects.toThrow();
  expect(printed).toBe('');
});
