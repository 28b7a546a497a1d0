import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '../../platform/app.ts';
import { aModerator, aSchool, type School } from '../../testing/world.ts';
import { registryDownload } from './download.ts';
import { registryKey } from './file.ts';

let school: School;
let site: Server;
let teacher: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  teacher = (await aModerator(school.app)).actor;
  site = express().get('/api/registry.xlsx', registryDownload(school.app, teacher)).listen(0, '127.0.0.1');
  await once(site, 'listening');
});
afterAll(async () => {
  await new Promise((resolve) => site.close(resolve));
  await school.close();
});

async function download() {
  const answer = await fetch(`http://127.0.0.1:${(site.address() as AddressInfo).port}/api/registry.xlsx`);
  const bytes = await answer.arrayBuffer();
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes);
  return { answer, size: bytes.byteLength, emails: workbook.worksheets[0]?.getColumn(5).values.slice(2) };
}

test('the table comes as a file with a Russian name, up to date, also where the stored one is broken', async () => {
  await school.app.db.person.create({ data: { role: 'student', email: 'a@example.ru', firstName: 'Анна', lastName: 'Щукина' } });
  const { answer, size, emails } = await download();
  expect(answer.status).toBe(200);
  expect(emails).toEqual(['a@example.ru']);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'cache-control': 'no-store',
    'content-length': String(size),
    'x-content-type-options': 'nosniff',
  });
  const disposition = answer.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename="registrations-2026-11-24\.xlsx"; filename\*=UTF-8''/);
  expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe('Регистрации 2026-11-24.xlsx');

  await truncate(join(school.dataDir, 'files', registryKey), 100);
  expect((await download()).emails).toEqual(['a@example.ru']);
});

test('the journal says who took the table, each time', async () => {
  const taken = () => school.app.db.auditEntry.count({ where: { action: 'registry.export', actor: teacher.id } });
  const before = await taken();
  await download();
  expect(await taken()).toBe(before + 1);
});
