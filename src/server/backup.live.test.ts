/** A backup is worth what a restore of it gives: every row and every file, in another place, while the school went on. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { applyMigrations } from '#prisma/migrate.ts';
import { runCli, startCli } from '../../cli/testing/run-cli.ts';
import { collectFiles } from './features/files/collect.ts';
import { noteErased } from './features/people/personal-data/erasing/journal.ts';
import { checkBackup } from './platform/backup/check.ts';
import { type BackupOptions, createBackup, type MadeBackup } from './platform/backup/create.ts';
import { lastBackup } from './platform/backup/keep.ts';
import { readConfig } from './platform/config.ts';
import { createScratchDatabase, type ScratchDatabase, withClient } from './platform/database-admin.ts';
import { createLog } from './platform/log.ts';
import { openStorage } from './platform/storage/open.ts';
import type { Storage } from './platform/storage.ts';
import { type RestoreOptions, restoreSchool } from './restore-school.ts';
import { aMessage } from './testing/chat.ts';
import { type FullSchool, fillSchool } from './testing/full-school.ts';
import { aLiveServer, aWebBrowser } from './testing/live-server.ts';
import { aPayingSchool, type PayingSchool } from './testing/payments.ts';
import { anS3Server, type S3Server } from './testing/s3-server.ts';
import { aSchool, aStudent, type Student } from './testing/world.ts';

const secret = 'a secret of the tests, 32 letters';
const passphrase = 'длинные слова хороши';
const payments = { PAYMENTS_TBANK_TERMINAL: 'Terminal', PAYMENTS_TBANK_PASSWORD: 'password of the terminal' };
const { adminUrl } = inject('testServer');

let school: PayingSchool;
let s3: S3Server;
let full: FullSchool;
let erasedLater: Student;
let folder: string;
const places: ScratchDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otlichno-backup-'));
  s3 = await anS3Server();
  school = await aPayingSchool();
  full = await fillSchool(school);
  erasedLater = await aStudent(school.app);
});
afterAll(async () => {
  await school.close();
  await s3.close();
  for (const place of places) await place.drop();
  await rm(folder, { recursive: true });
});

const backup = (over: Partial<BackupOptions> = {}): Promise<MadeBackup> =>
  createBackup({
    databaseUrl: school.databaseUrl,
    storage: school.app.storage,
    store: 'disk',
    secret,
    dir: join(folder, 'backups'),
    keep: 14,
    passphrase: null,
    say: () => {},
    retryMs: 1,
    ...over,
  });

async function anEmptyPlace(name: string, env: Record<string, string> = {}) {
  const database = await createScratchDatabase(adminUrl);
  places.push(database);
  const dataDir = join(folder, name);
  const config = readConfig({ DATABASE_URL: database.url, SECRET: secret, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...payments, ...env });
  return { url: database.url, dataDir, config };
}

const restore = (config: RestoreOptions['config'], from: string, over: Partial<RestoreOptions> = {}) =>
  restoreSchool({
    config,
    log: createLog('silent'),
    folder: from,
    passphrase: null,
    intoExisting: false,
    keepSecret: false,
    sendWaiting: true,
    say: () => {},
    ...over,
  });

/** Every table of a school with a hash of its rows, asked of the database's own catalogue and of no code of the backup. */
async function contentsOf(client: Pick<pg.Client, 'query'>): Promise<Record<string, string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text COLLATE "C")), '') AS text FROM public."${name}" t`,
    );
    found[name] = rows[0]?.text ?? '';
  }
  return found;
}

/** What a row of the school names, by its bytes. */
async function filesOf(url: string, storage: Storage): Promise<Record<string, string>> {
  const keys = await withClient(url, async (client) => {
    const { rows } = await client.query<{ key: string }>(
      ['topic_file', 'work_file', 'chat_file', 'exam_answer_file', 'news_file']
        .map((table) => `SELECT storage_key AS key FROM ${table}`)
        .join(' UNION '),
    );
    return rows.map(({ key }) => key);
  });
  const bytes = await Promise.all(
    keys.map(async (key) => [
      key,
      createHash('sha256')
        .update(await buffer(storage.read(key)))
        .digest('hex'),
    ]),
  );
  return Object.fromEntries(bytes);
}

const waitingJobs = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT name, data FROM pgboss.job WHERE state = 'created' AND name NOT LIKE '\\_\\_%' ORDER BY name, data::text`,
    );
    return rows;
  });

/** What the tests below restore from. Made while people write. */
let made: MadeBackup;
let snapshot: Record<string, string>;

test('a backup shows the one moment it was begun, while people go on writing', async () => {
  const jobs = await waitingJobs(school.databaseUrl);
  expect(jobs.length).toBeGreaterThan(0);
  made = await backup({
    async inSnapshot(client) {
      snapshot = await contentsOf(client);
      // Committed before any row is copied, and after the moment.
      await aMessage(school.app, full.student.actor, full.threadId, { body: 'позже' });
      await aStudent(school.app);
    },
  });
  const now = await withClient(school.databaseUrl, contentsOf);
  expect(now.chat_message).not.toBe(snapshot.chat_message);
  expect(now.person).not.toBe(snapshot.person);
  expect(Object.entries(snapshot).filter(([, text]) => !text.startsWith('0 ')).length).toBeGreaterThan(35);
  expect(made.manifest.files).toMatchObject({ count: 3, missing: 0 });
  expect(await lastBackup({ config: { backups: { dir: join(folder, 'backups'), keep: 14 } } })).toMatchObject({
    folder: made.folder,
    files: 3,
  });
});

test('restored into an empty place with another store, every row and every byte is there, and the school opens', async () => {
  const place = await anEmptyPlace('bucket', s3.env);
  const jobs = await waitingJobs(school.databaseUrl);
  const restored = await restore(place.config, made.folder);
  expect(restored).toMatchObject({ aside: null, erased: 0, notices: 0, announcements: 0, charges: 0 });
  const found = await withClient(place.url, contentsOf);
  // Its bytes are on their way, and their way is gone.
  expect(snapshot.upload).toMatch(/^1 /);
  expect(found.upload).toBe('0 ');
  expect({ ...found, upload: '' }).toEqual({ ...snapshot, upload: '' });
  const store = await openStorage(place.config);
  expect(await filesOf(place.url, store)).toEqual(await filesOf(school.databaseUrl, school.app.storage));
  expect((await waitingJobs(place.url)).length).toBeGreaterThanOrEqual(jobs.length - 2);
  const again = await aSchool({ databaseUrl: place.url, env: { ...s3.env, ...payments }, clock: school.clock });
  const server = await aLiveServer(again.app);
  try {
    const browser = aWebBrowser(server.url, full.student.cookie);
    expect(await browser.rpc.auth.me.query()).toMatchObject({ firstName: 'Аня «Ё»' });
    // The next number is nobody's yet, and rules between tables hold again.
    await aMessage(again.app, full.student.actor, full.threadId, { body: 'снова здесь' });
    await expect(again.app.pool.query(`INSERT INTO chat_message (thread_id) VALUES (gen_random_uuid())`)).rejects.toThrow();
    await expect(again.app.pool.query('DELETE FROM payment_ledger')).rejects.toThrow();
  } finally {
    await server.close();
    await again.close();
  }
});

test('what the school did after the backup is not done twice, and who was erased stays erased', async () => {
  const { app } = school;
  const personId = erasedLater.actor.id;
  await app.pool.query(`UPDATE subscription SET next_charge_at = now() - interval '1 hour'`);
  await app.pool.query(`UPDATE news_post SET scheduled_at = now() - interval '1 hour' WHERE state = 'scheduled'`);
  await app.pool.query(`UPDATE delivery SET due_at = now() - interval '1 hour' WHERE state = 'waiting'`);
  const { rows } = await app.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM delivery WHERE state = 'waiting' AND channel <> 'site'`,
  );
  // Not told of when the backup is made; told of by the school that went on.
  const [late, topicId] = [await aStudent(app), full.subscription.course.topic(0).id];
  await app.db.enrolment.create({ data: { personId: late.actor.id, courseId: full.subscription.course.id, enrolledAt: new Date() } });
  await app.pool.query(`UPDATE topic SET opens_at = now() - interval '1 hour' WHERE id = $1`, [topicId]);
  const dir = join(folder, 'moved');
  const { folder: from } = await backup({ dir, passphrase });
  await noteErased(
    { ...app, config: { ...app.config, backups: { dir, keep: 14 } } },
    { personId, emailHash: 'x'.repeat(10), by: 'cli', at: new Date().toISOString() },
  );
  const place = await anEmptyPlace('later');
  const restored = await restore(place.config, from, { sendWaiting: false, passphrase });
  expect(rows[0]?.n).toBeGreaterThan(0);
  expect(restored).toMatchObject({ announcements: 1, charges: 1, erased: 1 });
  expect(restored.notices).toBeGreaterThan(rows[0]?.n ?? 0);
  const found = await withClient(place.url, async (client) => {
    const asked = await client.query(
      `SELECT (SELECT count(*)::int FROM person WHERE id = $1) AS erased, (SELECT count(*)::int FROM delivery WHERE state IN ('waiting', 'sending')) AS waiting,
        (SELECT array_agg(provider ORDER BY provider) FROM payment_switch) AS stopped, (SELECT count(*)::int FROM session) AS sessions,
        (SELECT array_agg(d.channel || ' ' || d.state ORDER BY d.channel) FROM notice n JOIN delivery d ON d.notice_id = n.id
          WHERE n.kind = 'topic' AND n.about = $2 AND d.person_id = $3) AS topic, (SELECT count(*)::int FROM news_post WHERE state = 'scheduled') AS scheduled`,
      [personId, topicId, late.actor.id],
    );
    return asked.rows;
  });
  expect(await filesOf(place.url, await openStorage(place.config))).toEqual(await filesOf(school.databaseUrl, school.app.storage));
  expect(found).toEqual([{ erased: 0, waiting: 0, stopped: ['tbank'], sessions: 0, topic: ['site sent', 'email skipped'], scheduled: 0 }]);
});

test('a restore that is broken off is begun anew, and no school starts on what it left', async () => {
  const place = await anEmptyPlace('broken', s3.env);
  const unreachable = { ...place.config, store: { ...s3.config, endpoint: 'http://127.0.0.1:1' } };
  await expect(restore(unreachable, made.folder)).rejects.toThrow(/^The store did not take .+ECONNREFUSED/);
  await expect(applyMigrations(place.url, { log: () => {} })).rejects.toThrow('A restore into this database did not end');
  await restore(place.config, made.folder);
  expect(await applyMigrations(place.url, { log: () => {} })).toEqual([]);
  expect(await withClient(place.url, async (client) => (await contentsOf(client)).chat_message)).toBe(snapshot.chat_message);
  // What is there now is a school: it is not overwritten, but put aside if that is said.
  await expect(restore(place.config, made.folder)).rejects.toThrow('There is a school in this database already');
  await withClient(place.url, (client) => client.query('DELETE FROM chat_message'));
  const { aside } = await restore(place.config, made.folder, { intoExisting: true });
  expect(await withClient(place.url, async (client) => (await contentsOf(client)).chat_message)).toBe(snapshot.chat_message);
  expect(
    await withClient(place.url, async (client) => (await client.query(`SELECT count(*)::int AS n FROM ${aside}.chat_message`)).rows),
  ).toEqual([{ n: 0 }]);
});

test('nothing is changed where somebody works with the database, the secret is another, or the backup is newer or damaged', async () => {
  const place = await anEmptyPlace('refused');
  const isEmpty = async () => {
    const { rows } = await withClient(place.url, (client) =>
      client.query(`SELECT count(*)::int AS n FROM pg_namespace WHERE nspname LIKE 'otlichno%'`),
    );
    return rows[0]?.n === 0;
  };
  await withClient(place.url, async () => {
    await expect(restore(place.config, made.folder)).rejects.toThrow('Somebody works with this database');
  });
  const other = { ...place.config, secret: 'x'.repeat(32) };
  await expect(restore(other, made.folder)).rejects.toThrow('SECRET in your settings is not the one of this backup');
  expect(await readFile(join(place.dataDir, 'secret.of-backup'), 'utf8')).toBe(secret);
  const spoilt = join(folder, 'spoilt');
  const spoil = async (change: () => Promise<void>, complaint: string) => {
    await rm(spoilt, { recursive: true, force: true });
    await cp(made.folder, spoilt, { recursive: true });
    await change();
    await expect(restore(place.config, spoilt)).rejects.toThrow(complaint);
  };
  const edit = async (name: string, edited: (bytes: Buffer) => Buffer) =>
    writeFile(join(spoilt, name), edited(await readFile(join(spoilt, name))));
  const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === bytes.length - 9 ? byte ^ 1 : byte)));
  const aFile = Object.keys(await filesOf(school.databaseUrl, school.app.storage)).find((key) => key.endsWith('граф.svg')) ?? '';
  await spoil(() => edit('tables/person.gz', flipped), 'The backup is damaged');
  await spoil(() => edit(`files/${aFile}`, flipped), 'The backup is damaged');
  await spoil(() => edit(`files/${aFile}`, (bytes) => bytes.subarray(1)), 'The backup is not whole');
  await spoil(() => rm(join(spoilt, 'tables/task.gz')), 'The backup is not whole');
  await spoil(
    () => edit('manifest.json', (bytes) => Buffer.from(bytes.toString().replace('"rows": 1,', '"rows": 2,'))),
    'manifest.json is damaged',
  );
  await spoil(() => rm(join(spoilt, 'manifest.sum')), 'is no backup');
  const resum = async (from: string, to: string) => {
    await edit('manifest.json', (bytes) => Buffer.from(bytes.toString().replace(from, to)));
    await writeFile(
      join(spoilt, 'manifest.sum'),
      createHash('sha256')
        .update(await readFile(join(spoilt, 'manifest.json')))
        .digest('hex'),
    );
  };
  await spoil(() => resum('"format": 1', '"format": 2'), 'made by a newer version of the school');
  const { name = '' } = made.manifest.migrations.at(-1) ?? {};
  await spoil(() => resum(name, '29991231000000_from_the_future'), 'The backup is newer than this code');
  await spoil(() => resum(`tables/person.gz`, '../../../../etc/passwd'), 'manifest.json is damaged');
  expect(await isEmpty()).toBe(true);
});

test('sealed, nothing can be read without the passphrase, and what has not changed is still shared', async () => {
  const dir = join(folder, 'sealed');
  await filesGrowOld();
  const first = await backup({ dir, passphrase });
  expect(first.linked).toBe(0);
  const second = await backup({ dir, passphrase });
  expect(second.linked).toBe(second.manifest.files.count);
  await expect(checkBackup(second.folder, null)).rejects.toThrow('This backup is sealed');
  await expect(checkBackup(second.folder, 'another passphrase')).rejects.toThrow('The passphrase is not the one');
  for (const path of await everyFile(first.folder)) {
    const bytes = await readFile(path);
    for (const known of [secret, 'jpeg', full.student.email]) expect(bytes.includes(known)).toBe(false);
    if (path.endsWith('.gz')) expect(() => gunzipSync(bytes)).toThrow();
    expect((await stat(path)).mode & 0o077).toBe(0);
  }
});

/** What was written a moment before a backup might change in the same second, and is copied anew. */
async function filesGrowOld(): Promise<void> {
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (const path of await everyFile(join(school.dataDir, 'files'))) await utimes(path, anHourAgo, anHourAgo);
}

async function everyFile(below: string): Promise<string[]> {
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('what has not changed since the last backup takes no room, what has is copied, and the oldest go', async () => {
  const dir = join(folder, 'daily');
  await filesGrowOld();
  const first = await backup({ dir, keep: 2 });
  const [changed = '', ...same] = Object.keys(await filesOf(school.databaseUrl, school.app.storage)).sort();
  const before = await buffer(school.app.storage.read(changed));
  await school.app.storage.put(changed, Buffer.from('x'.repeat(before.length)));
  const second = await backup({ dir, keep: 2 });
  expect(second).toMatchObject({ linked: same.length, removed: [] });
  const inode = async (made: MadeBackup, key: string) => (await stat(join(made.folder, 'files', key))).ino;
  for (const key of same) expect(await inode(second, key)).toBe(await inode(first, key));
  expect(await readFile(join(first.folder, 'files', changed))).toEqual(before);
  expect((await readFile(join(second.folder, 'files', changed), 'utf8')).startsWith('xxx')).toBe(true);
  const third = await backup({ dir, keep: 2 });
  expect(third.removed).toEqual([first.folder]);
  await checkBackup(second.folder, null);
  await checkBackup(third.folder, null);
  await school.app.storage.put(changed, before);
});

test('only one backup is made at a time, and meanwhile no file of the store is removed', async () => {
  const dir = join(folder, 'at-once');
  const { app, clock } = school;
  await app.storage.put('topics/nobody/x.png', Buffer.from('x'));
  const now = clock.now();
  clock.set(new Date(Date.now() + 3 * 86_400_000));
  await backup({
    dir,
    async inSnapshot() {
      await expect(backup({ dir: join(folder, 'elsewhere') })).rejects.toThrow('Another backup of this school is being made');
      expect(await collectFiles(app)).toBe(0);
    },
  });
  expect(await app.storage.find('topics/nobody/x.png')).not.toBeNull();
  expect(await collectFiles(app)).toBeGreaterThan(0);
  clock.set(now);
});

test('a backup that fails leaves nothing that counts as one, and says why', async () => {
  const dir = join(folder, 'failing');
  const failing = (read: Storage['read']): Storage => ({ ...school.app.storage, read });
  const breaking = (error: Error) =>
    failing(() => {
      const source = new PassThrough();
      source.write('half a f');
      setImmediate(() => source.destroy(error));
      return source;
    });
  await expect(backup({ dir, storage: breaking(new Error('503 Slow Down')) })).rejects.toThrow(/The store did not give .+: 503 Slow Down/);
  await expect(backup({ dir, storage: failing(() => Readable.from([Buffer.from('short')])) })).rejects.toThrow(/bytes came instead of/);
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  await expect(backup({ dir, storage: breaking(full) })).rejects.toThrow(/^The disk of .+ is full: no backup was made/);
  const lost = { ...school.app.storage, find: async () => null };
  await expect(backup({ dir, storage: lost })).rejects.toThrow('None of the 3 files of the school is in the store');
  await expect(
    backup({ dir: join(school.dataDir, 'secret-file', 'x'), databaseUrl: 'postgresql://u:hunter2@127.0.0.1:1/x' }),
  ).rejects.toThrow(/^The database cannot be opened: connect ECONNREFUSED/);
  expect(await readdir(dir)).toEqual([]);
  // One file that is lost is told, and the rest is backed up all the same.
  const [aFile = ''] = Object.keys(await filesOf(school.databaseUrl, school.app.storage));
  const find: Storage['find'] = async (key) => (key === aFile ? null : school.app.storage.find(key));
  const { manifest } = await backup({ dir, storage: { ...school.app.storage, find } });
  expect(manifest.files).toMatchObject({ count: 2, missing: 1, missingKeys: [aFile] });
});

test('the command: killed in the middle it leaves no backup, and the next one clears up', async () => {
  const dir = join(folder, 'killed');
  const env = { BACKUP_DIR: dir };
  const isBeingMade = async () => (await readdir(dir).catch(() => [])).some((name) => name.endsWith('.unfinished'));
  await withClient(school.databaseUrl, async (client) => {
    // It waits for this table when it has begun.
    await client.query('BEGIN; LOCK TABLE person IN ACCESS EXCLUSIVE MODE');
    const child = startCli('backup.ts', [], { school, env });
    const ended = once(child, 'close');
    while (!(await isBeingMade())) await pause(20);
    child.kill('SIGKILL');
    await ended;
    await client.query('ROLLBACK');
  });
  expect(await isBeingMade()).toBe(true);
  expect(await lastBackup({ config: { backups: { dir, keep: 14 } } })).toBeNull();
  const made = await runCli('backup.ts', [], { school, env });
  expect(made).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/Backup of .+ rows, 3 files/) });
  expect(await isBeingMade()).toBe(false);
});

test('restored by command into a database of its own, secret and all', async () => {
  const dataDir = join(folder, 'own');
  await chmod(folder, 0o755);
  await mkdir(dataDir, { mode: 0o755 });
  const restored = await runCli('restore.ts', [made.folder], { school, env: { DATABASE_URL: '', SECRET: '', DATA_DIR: dataDir } });
  expect(restored).toMatchObject({ code: 0, err: '', out: expect.stringContaining('is back:') });
  expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe(secret);
  expect((await everyFile(join(dataDir, 'files'))).length).toBe(3);
  expect(await readdir(join(dataDir, 'postgres'))).toContain('cluster');
});
