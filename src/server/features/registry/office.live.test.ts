import { execFile, spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { RegistryRow } from './rules.ts';
import { writeWorkbook } from './workbook.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

test.runIf(hasOffice)('LibreOffice reads what was written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'otlichno-office-'));
  const file = join(folder, 'registrations.xlsx');
  const row: RegistryRow = {
    registeredAt: new Date('2026-11-22T21:30:00Z'),
    lastName: '=1+1',
    firstName: '👩🏽‍🎓 Ёлка',
    email: '_x0041_@example.ru',
    phone: '+79161234567',
    consentVersion: '2026-09-01',
    source: '@SUM(1+1)',
  };
  async function* source() {
    yield [row];
  }
  await writeWorkbook(createWriteStream(file), source(), 'Europe/Moscow', new Date());
  // 44,34,76: comma, quotation mark, UTF-8; the «true» says: cells as they are shown.
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true';
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await promisify(execFile)('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', folder, file]);
  const csv = await readFile(join(folder, 'registrations.csv'), 'utf8');
  expect(
    csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\n'),
  ).toEqual([
    '№,Дата и время,Фамилия,Имя,Почта,Телефон,Согласие (редакция),Источник',
    '1,23.11.2026 00:30,=1+1,👩🏽‍🎓 Ёлка,_x0041_@example.ru,+79161234567,2026-09-01,@SUM(1+1)',
  ]);
  await rm(folder, { recursive: true });
});
