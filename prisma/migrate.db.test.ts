import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase, withClient } from '#server/platform/database-admin.ts';
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
