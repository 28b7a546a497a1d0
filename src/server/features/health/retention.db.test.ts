import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSchool, type School } from '../../testing/world.ts';
import { sweep } from './jobs.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

const day = 86_400_000;

test('letters that were kept go after a month, and after a day where letters are really sent', async () => {
  const { app, clock, dataDir } = school;
  clock.set(new Date());
  const folder = join(dataDir, 'mail');
  await mkdir(folder);
  // Their names begin with the moment.
  const aged = (days: number) => `${String(clock.now().getTime() - days * day).padStart(15, '0')}-00000000.json`;
  const names = { hours: aged(0.5), days: aged(2), weeks: aged(29), month: aged(31), foreign: 'README' };
  for (const name of Object.values(names)) await writeFile(join(folder, name), '{}');
  const left = async () => new Set(await readdir(folder));
  await sweep(app);
  expect(await left()).toEqual(new Set([names.hours, names.days, names.weeks, names.foreign]));
  await sweep({ ...app, config: { ...app.config, mail: { kind: 'smtp', url: 'smtp://127.0.0.1', from: 'a@example.ru', dkim: null } } });
  expect(await left()).toEqual(new Set([names.hours, names.foreign]));
});

test('a probe of the store that stayed goes after a day, and nothing else', async () => {
  const { app, clock } = school;
  await app.storage.put('health/left-behind', Buffer.from('x'));
  await app.storage.put('topics/kept', Buffer.from('x'));
  clock.set(new Date());
  await sweep(app);
  expect(await app.storage.find('health/left-behind')).not.toBeNull();
  clock.forward(day + 60_000);
  await sweep(app);
  expect(await app.storage.find('health/left-behind')).toBeNull();
  expect(await app.storage.find('topics/kept')).not.toBeNull();
});
