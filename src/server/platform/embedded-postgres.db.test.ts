import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyMigrations } from '#prisma/migrate.ts';
import type { ChildReport } from '#server/testing/embedded-postgres-child.ts';
import { withClient } from './database-admin.ts';
import { isRoot } from './embedded-postgres/account.ts';
import { attachEmbeddedPostgres, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { StartError } from './start-error.ts';

const childFile = join(import.meta.dirname, '../testing/embedded-postgres-child.ts');
const patient = { timeout: 20_000, interval: 20 };

let dataDir: string;
const children: ChildProcess[] = [];
const servers: EmbeddedPostgres[] = [];

async function makeFolder(): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-embedded-'));
  // PostgreSQL's own user has to get in.
  await chmod(dataDir, 0o755);
}

const removeFolder = () => rm(dataDir, { recursive: true });

async function endAll(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
}

async function start(port = 0, log: (message: string) => void = () => undefined): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, port, log });
  servers.push(server);
  return server;
}

function forkChild(): ChildProcess {
  const child = fork(childFile, [dataDir]);
  children.push(child);
  return child;
}

async function reportOf(child: ChildProcess): Promise<ChildReport> {
  const [report] = (await once(child, 'message')) as [ChildReport];
  return report;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const query = (url: string, sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);
const pidFile = () => join(dataDir, 'cluster/data/postmaster.pid');
const serverPid = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);

describe('a first start', () => {
  beforeEach(makeFolder);
  afterEach(() => endAll().then(removeFolder));

  it('makes a database that a role without special rights owns', async () => {
    const { url, reused } = await start();
    expect(reused).toBe(false);
    expect(await applyMigrations(url, { log: () => undefined })).not.toHaveLength(0);
    const sql = `SELECT current_user AS role, rolsuper, lower('ЁЖ') AS lower, current_setting('TimeZone') AS zone FROM pg_roles WHERE rolname = current_user`;
    expect(await query(url, sql)).toEqual([{ role: 'otlichno', rolsuper: false, lower: 'ёж', zone: 'UTC' }]);
  });

  it('begins anew after one that was killed while it made the files, and removes what that left', async () => {
    const child = forkChild();
    await vi.waitFor(async () => {
      const [unfinished] = await readdir(dataDir);
      expect(await readdir(join(dataDir, unfinished ?? '', 'data'))).not.toHaveLength(0);
    }, patient);
    await kill(child);
    expect(await readdir(dataDir)).not.toContain('cluster');
    // The orphaned initdb may still be at work during the first of these.
    await vi.waitFor(async () => {
      await (await start()).stop();
      expect(await readdir(dataDir)).toEqual(['cluster']);
    }, patient);
  });

  it('lets one of two through that begin at the same moment in an empty folder', async () => {
    const reports = await Promise.all([forkChild(), forkChild()].map(reportOf));
    const refusals = reports.flatMap((report) => ('refusal' in report ? [report.refusal] : []));
    expect(refusals).toEqual([expect.stringMatching(/^Another process already runs/)]);
    for (const child of children) await kill(child);
    expect((await start()).reused).toBe(true);
  });

  it('refuses a folder that is something else', async () => {
    await mkdir(join(dataDir, 'cluster'));
    await expect(start()).rejects.toThrow(/not a database of Otlichno/);
  });

  it.runIf(isRoot())('puts the files elsewhere when the user of PostgreSQL cannot enter the folder', async () => {
    await chmod(dataDir, 0o700);
    const { url, stop } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stop();
    const { reused } = await start();
    expect(reused).toBe(false);
    const elsewhere = await realpath(join(dataDir, 'cluster'));
    expect(dirname(elsewhere)).toBe('/var/lib/otlichno');
    await servers.pop()?.stop();
    await rm(elsewhere, { recursive: true });
  });
});

describe('a later start', () => {
  beforeAll(makeFolder);
  afterEach(endAll);
  afterAll(removeFolder);

  it('goes on with the server of a parent that was killed, and stops it', async () => {
    const child = forkChild();
    const before = await reportOf(child);
    if ('refusal' in before) throw new Error(before.refusal);
    await query(before.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await kill(child);
    const after = await start();
    expect(after).toMatchObject({ url: before.url, adminUrl: before.adminUrl, reused: true });
    expect(await query(after.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await after.stop();
    await expect(query(after.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    expect(await readdir(join(dataDir, 'cluster/data'))).not.toContain('postmaster.pid');
  });

  it('refuses in one line while its owner lives, whose server goes on', async () => {
    const child = forkChild();
    const report = await reportOf(child);
    if ('refusal' in report) throw new Error(report.refusal);
    await expect(start()).rejects.toThrow(new StartError(`Another process already runs the school in ${dataDir}: process ${child.pid}.`));
    expect(await query(report.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await kill(child);
    expect((await start()).reused).toBe(true);
  });

  it('goes to another port when the preferred one is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { url } = await start(port);
    expect(new URL(url).port).not.toBe(String(port));
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    taken.close();
  });

  it.each([
    ['of a process that is gone', async () => goneProcess()],
    ['whose number another program has by now', async () => process.pid],
  ])('does not mind a postmaster.pid %s', async (_case, pid) => {
    const { stop } = await start();
    await stop();
    await writeFile(pidFile(), `${await pid()}\n${join(dataDir, 'cluster/data')}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready\n`);
    const { url, reused } = await start();
    expect(reused).toBe(false);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  async function goneProcess(): Promise<number | undefined> {
    const child = forkChild();
    await kill(child);
    return child.pid;
  }

  it('brings the server back to the same address when it is killed', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE survivor AS SELECT 1 AS one');
    const killed = await serverPid();
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await serverPid()).not.toBe(killed);
      expect(await query(url, 'SELECT one FROM survivor')).toEqual([{ one: 1 }]);
    }, patient);
  });

  it('goes on trying while the server cannot start, says so once, and ends when it is told to', async () => {
    const said: string[] = [];
    const { url, stop } = await start(0, (message) => said.push(message));
    const conf = join(dataDir, 'cluster/data/postgresql.conf');
    const working = await readFile(conf, 'utf8');
    const breakIt = async () => {
      said.length = 0;
      await writeFile(conf, `${working}\nno_such_setting = 1\n`);
      process.kill(await serverPid(), 'SIGKILL');
      await vi.waitFor(
        () => expect(said).toEqual([expect.stringMatching(/broke$/), expect.stringMatching(/is gone.*postgresql.conf/)]),
        patient,
      );
    };
    await breakIt();
    await writeFile(conf, working);
    await vi.waitFor(async () => expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]), patient);
    await vi.waitFor(() => expect(said.at(-1)).toBe('PostgreSQL is back'), patient);
    expect(said).toHaveLength(3);

    await breakIt();
    await stop();
    expect(said).toHaveLength(2);
    await writeFile(conf, working);
  });
});

describe('a command', () => {
  beforeAll(makeFolder);
  afterEach(endAll);
  afterAll(removeFolder);

  const attach = () => attachEmbeddedPostgres({ dataDir, port: 0, log: () => undefined });
  const serverFiles = () => readdir(join(dataDir, 'cluster/data'));

  it('starts a server where none runs, and the last one stops it', async () => {
    const [one, two] = await Promise.all([attach(), attach()]);
    expect(two.url).toBe(one.url);
    await one.stop();
    expect(await query(two.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await two.stop();
    expect(await serverFiles()).not.toContain('postmaster.pid');
  });

  it('works beside the school and leaves it its server', async () => {
    const school = await start();
    const command = await attach();
    expect(command).toMatchObject({ url: school.url, reused: true });
    await command.stop();
    expect(await query(school.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('leaves its server to a school that has started meanwhile, which may end first', async () => {
    const [early, late] = [await attach(), await attach()];
    const school = await start();
    expect(school).toMatchObject({ url: early.url, reused: true });
    await early.stop();
    expect(await query(school.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await school.stop();
    await late.stop();
    expect(await serverFiles()).not.toContain('postmaster.pid');
  });

  it('and a school that ends let the next school start at the same moment', async () => {
    const command = await attach();
    const school = await start();
    const stopping = school.stop();
    const next = await start();
    await stopping;
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await command.stop();
  });
});
