import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { enrolledUntil } from '#server/features/courses/visible.ts';
import { exportCourse } from '#server/features/transfer/export-course.ts';
import { openApp } from '#server/open-app.ts';
import { readConfig } from '#server/platform/config.ts';
import { createScratchDatabase, type ScratchDatabase, withClient } from '#server/platform/database-admin.ts';
import { createLog } from '#server/platform/log.ts';
import { applyMigrations, checkMigrations, createMigration, migrationStatus, retryMigration } from './migrate.ts';

const { adminUrl } = inject('testServer');
const first = '20260101000000_first';
const schema = `
generator client {
  provider = "prisma-client"
  output   = "./generated"
}
datasource db {
  provider = "postgresql"
}
`;
const model = `
model Pupil {
  id    Int    @id
  name  String
  @@map("pupil")
}
`;
const table = 'CREATE TABLE "pupil" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "pupil_pkey" PRIMARY KEY ("id"));';

let prismaDir: string;
let database: ScratchDatabase;
let messages: string[];
const apply = () => applyMigrations(database.url, { prismaDir, log: (message) => messages.push(message) });

beforeEach(async () => {
  messages = [];
  prismaDir = await mkdtemp(join(tmpdir(), 'otlichno-prisma-'));
  await cp(join(import.meta.dirname, 'migrations/migration_lock.toml'), join(prismaDir, 'migrations/migration_lock.toml'));
  await writeSchema(model);
  await writeMigration(first, table);
  database = await createScratchDatabase(adminUrl);
});

afterEach(async () => {
  await database.drop();
  await rm(prismaDir, { recursive: true });
});

async function writeFiles(files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await cp(import.meta.filename, join(prismaDir, path));
    await writeFile(join(prismaDir, path), content);
  }
}
const writeSchema = (models: string) => writeFiles({ 'schema.prisma': schema, 'models/pupil.prisma': models });
const writeMigration = (name: string, sql: string) => writeFiles({ [`migrations/${name}/migration.sql`]: sql });
const migrations = () => readdir(join(prismaDir, 'migrations'));
const query = (sql: string) => withClient(database.url, async (client) => (await client.query(sql)).rows);

it('finds the migrations of this repository equal to its schema', async () => {
  expect(await checkMigrations(adminUrl)).toBeNull();
});

it('finds what a schema has and the migrations lack, and writes it as a migration once', async () => {
  expect(await createMigration('nothing', adminUrl, prismaDir)).toBeNull();
  await writeSchema(model.replace('name  String', 'name  String\n  phone String?'));
  expect(await checkMigrations(adminUrl, prismaDir)).toContain('ADD COLUMN     "phone" TEXT');
  const path = await createMigration('Phones of pupils', adminUrl, prismaDir);
  expect(path).toMatch(/migrations\/\d{14}_phones_of_pupils\/migration\.sql$/);
  expect(await readFile(path ?? '', 'utf8')).toContain('ADD COLUMN     "phone" TEXT');
  expect(await createMigration('again', adminUrl, prismaDir)).toBeNull();
  expect(await migrations()).toHaveLength(3);
});

it('leaves no scratch database behind', async () => {
  const before = await query(`SELECT datname FROM pg_database WHERE datname LIKE 'otlichno_scratch%' ORDER BY 1`);
  await checkMigrations(adminUrl, prismaDir);
  await writeMigration('20260102000000_wrong', 'SELECT nonsense');
  await expect(checkMigrations(adminUrl, prismaDir)).rejects.toThrow(/nonsense/);
  expect(await query(`SELECT datname FROM pg_database WHERE datname LIKE 'otlichno_scratch%' ORDER BY 1`)).toEqual(before);
});

it('applies what is missing, and nothing the next time', async () => {
  expect(await migrationStatus(database.url, prismaDir)).toEqual({ pending: [first], problem: null });
  expect(await apply()).toEqual([first]);
  expect(messages).toEqual([`applied migration ${first}`]);
  expect(await apply()).toEqual([]);
  expect(await migrationStatus(database.url, prismaDir)).toEqual({ pending: [], problem: null });
});

it('lets processes that start at once through one by one', async () => {
  const results = await Promise.all([apply(), apply(), apply()]);
  expect(results.filter((applied) => applied.length > 0)).toEqual([[first]]);
  expect(messages.filter((message) => message.startsWith('another process'))).toHaveLength(2);
});

it('takes a function with semicolons for one statement', async () => {
  await writeMigration(
    '20260102000000_function',
    `CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 1; END; $$;`,
  );
  await apply();
  expect(await query('SELECT one()')).toEqual([{ one: 1 }]);
});

it('refuses a database that is newer than the code', async () => {
  await writeMigration('20260102000000_newer', 'SELECT 1');
  await apply();
  await rm(join(prismaDir, 'migrations/20260102000000_newer'), { recursive: true });
  await expect(apply()).rejects.toThrow(/newer than this code.*20260102000000_newer/);
});

it('refuses a migration that was edited after it was applied', async () => {
  await apply();
  await writeMigration(first, `${table}\n-- a second thought`);
  await expect(apply()).rejects.toThrow(/20260101000000_first was edited/);
});

it('rolls a failed migration back as a whole and applies it after it was mended', async () => {
  const name = '20260102000000_wrong';
  await writeMigration(name, 'CREATE TABLE half (id int); SELECT nonsense;');
  await expect(apply()).rejects.toThrow(/20260102000000_wrong[\s\S]*nonsense/);
  expect(await query(`SELECT to_regclass('pupil') IS NOT NULL AS pupil, to_regclass('half') AS half`)).toEqual([
    { pupil: true, half: null },
  ]);
  await writeMigration(name, 'CREATE TABLE half (id int)');
  await expect(apply()).rejects.toThrow(/npm run migrate -- retry 20260102000000_wrong/);
  expect(await retryMigration(database.url, name, { prismaDir, log: () => undefined })).toEqual([name]);
  expect(await apply()).toEqual([]);
});

it('says which server does not answer', async () => {
  const unanswered = applyMigrations('postgresql://school:secret@127.0.0.1:1/school', { prismaDir, log: () => undefined });
  await expect(unanswered).rejects.toThrow('The database school at 127.0.0.1:1 cannot be opened: connect ECONNREFUSED 127.0.0.1:1');
});

it('refuses a database that holds something else', async () => {
  await query('CREATE TABLE foreign_table (id int)');
  await expect(apply()).rejects.toThrow(/not empty/);
});

/** A small school as the first release knew it, whose tables are older than the office. */
const olderSchool = `
INSERT INTO subject (id, slug, title, about, max_primary, position) VALUES (uuid(1), 'maths', 'Математика', '19 заданий', 32, 0);
INSERT INTO course (id, slug, subject_id, title, target, summary, description, position, published_at, created_at, price_minor) VALUES
  (uuid(2), 'math-60', uuid(1), 'Курс', 60, 'Кратко', 'Описание', 0, '2026-09-01T09:00Z', '2026-08-01T09:00Z', 490000),
  (uuid(3), 'math-80', uuid(1), 'Черновик', 80, 'Кратко', '', 1, NULL, '2026-08-01T09:00Z', 0);
INSERT INTO topic (id, course_id, slug, title, theory, opens_at, position, published_at) VALUES
  (uuid(4), uuid(2), 'powers', 'Степени', 'Теория', '2026-09-02T15:00Z', 0, '2026-09-01T09:00Z'),
  (uuid(5), uuid(2), 'roots', 'Корни', '', '2026-09-09T15:00Z', 1, NULL);
INSERT INTO topic_file (topic_id, name, storage_key, mime, size) VALUES (uuid(4), 'a.txt', 'topics/1/a.txt', 'text/plain', 1);
INSERT INTO task (id, topic_id, slug, position, source, title, spec, points, statement, file_names, updated_at) VALUES
  (uuid(6), uuid(4), 'first', 0, E'---\\ntitle: Сумма\\nkind: number\\nkey: 5\\n---\\nСколько?\\n', 'Сумма', '{"kind":"number","key":"5"}', 1, 'Сколько?',
    '{a.txt}', '2026-09-01T10:00Z');
INSERT INTO person (id, role, email, first_name, last_name, phone) VALUES
  (uuid(7), 'student', 'petr@example.ru', 'Пётр', 'Ёлкин', '+79161234567'), (uuid(8), 'student', 'anna@example.ru', 'Анна', 'Ким', NULL);
INSERT INTO enrolment (person_id, course_id, enrolled_at, how) VALUES
  (uuid(7), uuid(2), '2026-09-03T09:00Z', 'granted'), (uuid(8), uuid(3), '2026-09-03T09:00Z', 'free');
INSERT INTO topic_visit (person_id, topic_id, first_opened_at) VALUES (uuid(7), uuid(4), '2026-09-03T09:00Z');
INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on) VALUES
  (uuid(7), uuid(6), uuid(9), '"4"', '4', 'h4', '4', 'wrong', 0, '2026-09-03T10:00Z', '2026-09-03'),
  (uuid(7), uuid(6), uuid(10), '"5"', '5', 'h5', '5', 'right', 1, '2026-09-03T10:05Z', '2026-09-03');
INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at) VALUES
  (uuid(7), uuid(6), 1, 1, '2026-09-03T10:05Z', '2026-09-03T10:05Z');
INSERT INTO audit_entry (at, actor, action, subject) VALUES ('2026-09-01T09:00Z', 'system', 'course.import', 'math-60');
`.replaceAll(/uuid\((\d+)\)/g, (_, n: string) => `'00000000-0000-4000-8000-${n.padStart(12, '0')}'`);

async function openOlderSchool(): Promise<void> {
  const [oldest = ''] = (await readdir(join(import.meta.dirname, 'migrations'))).toSorted();
  await rm(join(prismaDir, `migrations/${first}`), { recursive: true });
  await cp(join(import.meta.dirname, 'migrations', oldest), join(prismaDir, 'migrations', oldest), { recursive: true });
  expect(await apply()).toEqual([oldest]);
  await query(olderSchool);
  expect(await applyMigrations(database.url, { log: () => undefined })).not.toEqual([]);
}

it('opens a school that the first release filled: all of it is published, and every text has a history', async () => {
  await openOlderSchool();
  expect(await query('SELECT published_at = updated_at AS shown, deleted_at, spec FROM task')).toEqual([
    { shown: true, deleted_at: null, spec: { kind: 'number', key: '5' } },
  ]);
  expect(await query(`SELECT kind, number, source, actor, is_draft FROM text_version ORDER BY kind, subject_id`)).toEqual([
    { kind: 'task', number: 1, source: '---\ntitle: Сумма\nkind: number\nkey: 5\n---\nСколько?\n', actor: 'system', is_draft: false },
    { kind: 'theory', number: 1, source: 'Теория', actor: 'system', is_draft: false },
    { kind: 'theory', number: 1, source: '', actor: 'system', is_draft: false },
    { kind: 'course', number: 1, source: 'Описание', actor: 'system', is_draft: false },
    { kind: 'course', number: 1, source: '', actor: 'system', is_draft: false },
  ]);
  expect(await query('SELECT search_text, last_active_at FROM person ORDER BY last_name')).toEqual([
    { search_text: 'елкин петр petr@example.ru +79161234567', last_active_at: new Date('2026-09-03T10:05Z') },
    { search_text: 'ким анна anna@example.ru ', last_active_at: null },
  ]);
});

it('leaves what the first release gave for good, and its prices', async () => {
  await openOlderSchool();
  const text = `SELECT e.how, e.ends_at, ${enrolledUntil('e.person_id')} > now() + interval '1000 years' AS for_good, c.price_minor, c.monthly_minor
    FROM enrolment e JOIN course c ON c.id = e.course_id ORDER BY c.slug`;
  expect(await query(text)).toEqual([
    { how: 'granted', ends_at: null, for_good: true, price_minor: 490_000, monthly_minor: 0 },
    { how: 'free', ends_at: null, for_good: true, price_minor: 0, monthly_minor: 0 },
  ]);
});

it('exports what the first release has written', async () => {
  await openOlderSchool();
  const config = readConfig({ DATABASE_URL: database.url, SECRET: 's'.repeat(32), DATA_DIR: join(prismaDir, 'data'), LOG_LEVEL: 'silent' });
  const { app, close } = await openApp({ config, databaseUrl: database.url, log: createLog('silent') });
  try {
    const exported = await exportCourse(app, { kind: 'cli' }, 'math-60');
    expect(exported.map(({ path }) => path)).toEqual([
      'math-60/01-powers/01-first.task.md',
      'math-60/01-powers/files/a.txt',
      'math-60/01-powers/topic.md',
      'math-60/02-roots/topic.md',
      'math-60/course.md',
      'subjects.yaml',
    ]);
  } finally {
    await close();
  }
});
