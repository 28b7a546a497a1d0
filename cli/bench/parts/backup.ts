/** What a backup and its restore take with a million answers and two gigabytes of files, in processes of their own, as an admin starts them. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withClient } from '#server/platform/database-admin.ts';
import { memoryOf, root } from '../processes.ts';
import { budgetRow, type Row } from '../row.ts';
import { addAnswers, answersAtWork } from '../students.ts';
import type { World } from '../world.ts';

const answers = 1_000_000;
const portion = 100_000;
const fileCount = 20;
const fileBytes = 100_000_000;
/** Of the process, Node itself included. */
const budgetMegabytes = 250;

export async function backup(world: World): Promise<Row[]> {
  const source = await world.aSchoolAtWork();
  for (let first = answersAtWork + 1; first < answers; first += portion) {
    await withClient(source.url, (client) => addAnswers(client, first, Math.min(first + portion - 1, answers)));
  }
  // Where the files of the demo courses are.
  const dataDir = join(world.folder, 'data');
  const dir = join(world.folder, 'backups');
  const env = { ...world.env(source.url), BACKUP_DIR: dir };
  const rowsBare = await readRows(source.url);
  const dumped = await pgDump(source.url, join(world.folder, 'dump'));
  const rows = await run('cli/backup.ts', [], env);
  await writeFilm(source.url, join(dataDir, 'files'));
  const bareCopy = await copyBytes(join(dataDir, 'files'), join(world.folder, 'copied'));
  const both = await run('cli/backup.ts', [], env);
  const again = await run('cli/backup.ts', [], env);
  const newest =
    (await readdir(dir))
      .filter((name) => name.startsWith('2'))
      .sort()
      .at(-1) ?? '';
  const target = await world.aDatabase();
  const restored = await run('cli/restore.ts', [join(dir, newest)], {
    ...env,
    DATABASE_URL: target.url,
    DATA_DIR: join(world.folder, 'restored'),
  });
  const row = (name: string, seconds: number, floor: number | null): Row => ({
    name,
    unit: 's',
    value: seconds,
    floor,
    ratio: floor === null ? null : seconds / floor,
    n: 1,
  });
  return [
    row('backup of 10⁶ answers, against reading all rows', rows.seconds, rowsBare),
    ...(dumped === null ? [] : [row('the same, against pg_dump -Fc', rows.seconds, dumped)]),
    row('with 2 GB of files, against copying them', both.seconds, bareCopy),
    row('the next day, nothing changed', again.seconds, null),
    row('restore of all of it', restored.seconds, both.seconds),
    budgetRow('memory of the backup, at most', 'MB', Math.max(rows.megabytes, both.megabytes), budgetMegabytes, both.looks),
    budgetRow('memory of the restore, at most', 'MB', restored.megabytes, budgetMegabytes * 2, restored.looks),
  ];
}

/** A command to its end: how long it took, and the most it held. */
async function run(file: string, args: string[], env: Record<string, string>) {
  const startedAt = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    env: { PATH, HOME, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let [complaint, megabytes, looks] = ['', 0, 0];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let code: number | null | undefined;
  void ended.then((with_) => {
    code = with_;
  });
  while (code === undefined) {
    megabytes = Math.max(megabytes, (await memoryOf(child.pid ?? 0))?.rss ?? 0);
    looks += 1;
    await Promise.race([pause(100), ended]);
  }
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${complaint}`);
  return { seconds: (performance.now() - startedAt) / 1000, megabytes, looks };
}

/** All rows over the same connection, thrown away. */
async function readRows(url: string): Promise<number> {
  const startedAt = performance.now();
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
    for (const { name } of rows) {
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      await pipeline(client.query(copyTo(`COPY public.${pg.escapeIdentifier(name)} TO STDOUT`)), nowhere);
    }
  });
  return (performance.now() - startedAt) / 1000;
}

/** Seconds, or null where there is no pg_dump, or one that is older than the server. */
async function pgDump(url: string, target: string): Promise<number | null> {
  const startedAt = performance.now();
  const done = await promisify(execFile)('pg_dump', ['-Fc', '-f', target, url]).then(
    () => true,
    () => false,
  );
  return done ? (performance.now() - startedAt) / 1000 : null;
}

/** Bytes that cannot be compressed, as films are, each named by a row. */
async function writeFilm(url: string, files: string): Promise<void> {
  await withClient(url, async (client) => {
    for (let n = 0; n < fileCount; n += 1) {
      const key = `topics/${randomUUID()}/film-${n}.mp4`;
      await mkdir(dirname(join(files, key)), { recursive: true });
      const handle = await open(join(files, key), 'w');
      for (let written = 0; written < fileBytes; written += 1_000_000) await handle.write(randomBytes(1_000_000));
      await handle.close();
      await client.query(
        `INSERT INTO topic_file (topic_id, name, storage_key, mime, size) SELECT id, $1::text, $2::text, 'video/mp4', $3::int FROM topic ORDER BY id LIMIT 1`,
        [`film-${n}.mp4`, key, fileBytes],
      );
    }
  });
}

/** Seconds that bare copies of all files take, on the disk as a backup leaves them. */
async function copyBytes(files: string, target: string): Promise<number> {
  const startedAt = performance.now();
  for (const name of await readdir(files, { recursive: true })) {
    if ((await stat(join(files, name))).isDirectory()) continue;
    await mkdir(dirname(join(target, name)), { recursive: true });
    await pipeline(createReadStream(join(files, name)), createWriteStream(join(target, name), { flush: true }));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await rm(target, { recursive: true });
  return seconds;
}
