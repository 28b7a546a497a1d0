/**
 * The upgrade path, and the oldest format of backups: src/server/testing/first-release was written by the code of the first release (how: see
 * cli/testing/first-release.ts). It is never made anew: schools keep theirs as well.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { codeMigrations } from '#prisma/migrate.ts';
import { readManifest } from './platform/backup/format.ts';
import { readConfig } from './platform/config.ts';
import { createScratchDatabase, type ScratchDatabase } from './platform/database-admin.ts';
import { createLog } from './platform/log.ts';
import { restoreSchool } from './restore-school.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from './testing/live-server.ts';
import { aSchool, aSession, type School } from './testing/world.ts';

const folder = join(import.meta.dirname, 'testing/first-release');
let database: ScratchDatabase;
let dataDir: string;
let school: School;
let server: LiveServer;

beforeAll(async () => {
  database = await createScratchDatabase(inject('testServer').adminUrl);
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-first-'));
  const env = {
    SECRET: await readFile(join(folder, 'secret'), 'utf8'),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
  };
  const options = { passphrase: null, intoExisting: false, keepSecret: false, sendWaiting: true, say: () => {} };
  await restoreSchool({ config: readConfig(env), log: createLog('silent'), folder, ...options });
  school = await aSchool({ databaseUrl: database.url, env });
  server = await aLiveServer(school.app);
});
afterAll(async () => {
  await server.close();
  await school.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

test('it is what the first release left: its own migration and rows of every kind', async () => {
  const { migrations, tables } = await readManifest(folder);
  expect(migrations).toEqual([(await codeMigrations())[0]]);
  expect(tables.filter(({ rows }) => rows === 0).map(({ name }) => name)).toEqual(['registry_file']);
});

test('its student goes on where they stopped', async () => {
  const { id } = await school.app.db.person.findFirstOrThrow({ where: { email: 'petr@example.ru' }, select: { id: true } });
  const student = aWebBrowser(server.url, await aSession(school.app, id));
  expect(await student.rpc.auth.me.query()).toMatchObject({ firstName: 'Пётр', lastName: 'Ёлкин' });
  expect(await student.rpc.courses.list.query()).toMatchObject([{ title: 'Математика', courses: [{ title: 'Курс' }] }]);
  const topic = await student.rpc.courses.topic.query({ course: 'maths-60', topic: 'powers' });
  expect(topic).toMatchObject({ title: 'Степени', tasks: [{ title: 'а' }, { title: 'б' }] });
  const first = topic.tasks[0]?.id ?? '';
  // A wrong and a right answer, as the first release counted them.
  expect(
    (await school.app.db.submission.findMany({ where: { taskId: first }, orderBy: { id: 'asc' } })).map(({ verdict }) => verdict),
  ).toEqual(['wrong', 'right']);
  const second = topic.tasks[1]?.id ?? '';
  expect(await student.rpc.tasks.submit.mutate({ taskId: second, clientId: randomUUID(), value: '2' })).toMatchObject({ verdict: 'right' });
  expect(await student.rpc.progress.home.query()).toMatchObject({ courses: [{ slug: 'maths-60' }] });
  await student.rpc.progress.statistics.query({ course: null });
  const [file] = await school.app.db.topicFile.findMany({ where: { name: 'list.txt' }, select: { storageKey: true } });
  expect(await readFile(join(dataDir, 'files', file?.storageKey ?? ''), 'utf8')).toBe('list');
});

test('its moderator signs in with the old password and finds everybody', async () => {
  const moderator = aWebBrowser(server.url);
  const form = { email: 'olga@example.ru', password: 'correct horse battery' };
  expect(await moderator.rpc.auth.signInModerator.mutate(form)).toMatchObject({ outcome: 'signed-in' });
  const { rows } = await moderator.rpc.people.students.list.query({});
  expect(rows.map(({ lastName }) => lastName).sort()).toEqual(['Ёлкин', 'Ким «\\N»'].sort());
});
