import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { inject } from 'vitest';
import { createScratchDatabase, withClient } from '#server/platform/database-admin.ts';
import { attachEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The whole school on a free port, as `npm start` runs it. */
export interface Site {
  url: string;
  dataDir: string;
  /** The newest letter to an address; waits for it. */
  letterTo(email: string): Promise<{ subject: string; text: string }>;
  /** One statement in its database. */
  sql(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs a command of cli/ over the same data folder. */
  cli(command: string, args: string[], stdin?: string): Promise<string>;
  /** Ends the server as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again after that, at the same address and over the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A school of one's own with the demo courses and `teachers`: a copy of the one that was made ready for the run.
 * @param env what else it is told by its environment, such as which Telegram is its own
 */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
  const template = inject('siteTemplate');
  const [dataDir, database] = await Promise.all([aDataDir(), createScratchDatabase(template.adminUrl, template.database)]);
  await cp(template.dataDir, dataDir, { recursive: true });
  const withDatabase: Connect = (work) => withClient(database.url, work);
  return openSite({ dataDir, env: { DATABASE_URL: database.url, SECRET: template.secret, ...env }, withDatabase, drop: database.drop });
}

/** What a newcomer gets who starts it over an empty folder: with a database of its own in there, and no moderator yet. */
export async function startNewSite(): Promise<Site> {
  const dataDir = await aDataDir();
  const withDatabase: Connect = async (work) => {
    const { url, stop } = await attachEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => undefined });
    return withClient(url, work).finally(stop);
  };
  return openSite({ dataDir, env: { DATABASE_URL: '' }, withDatabase, drop: async () => undefined });
}

type Connect = <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;

async function aDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'otlichno-e2e-'));
  // Under root the database runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  return dataDir;
}

interface Place {
  dataDir: string;
  env: Record<string, string>;
  withDatabase: Connect;
  drop: () => Promise<void>;
}

/** Ports of sites that were stopped: the next site of the worker is at the same address, for which its browser has all scripts compiled. */
const left: string[] = [];

async function openSite({ dataDir, env: own, withDatabase, drop }: Place): Promise<Site> {
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, SMTP_URL: '', LOG_LEVEL: 'error', ...own };
  const start = (port: string) =>
    spawn(process.execPath, ['src/server/main.ts'], { cwd: root, env: { ...env, PORT: port }, stdio: ['ignore', 'pipe', 'pipe'] });
  let server = start(left.pop() ?? '0');
  const url = await openedAt(server).catch(() => {
    // Somebody else may have taken the port meanwhile.
    server = start('0');
    return openedAt(server);
  });
  const end = async (signal: NodeJS.Signals) => {
    const ended = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : null;
    server.kill(signal);
    await ended;
  };
  return {
    url,
    dataDir,
    async letterTo(email) {
      for (;;) {
        const letters = (await (await fetch(`${url}/dev/mail.json`)).json()) as { to: string; subject: string; text: string }[];
        const letter = letters.find(({ to }) => to === email);
        if (letter) return letter;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    sql: (statement, values = []) => withDatabase(async (client) => (await client.query(statement, values)).rows),
    async cli(command, args, stdin = '') {
      const child = spawn(process.execPath, [`cli/${command}.ts`, ...args], { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
      child.stdin.end(stdin);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`cli/${command}.ts ${args.join(' ')} ended with ${code}:\n${output}`);
      return output;
    },
    kill: () => end('SIGKILL'),
    async restart() {
      server = start(new URL(url).port);
      await openedAt(server);
    },
    async stop() {
      await end('SIGTERM');
      left.push(new URL(url).port);
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The address from the line that the server prints when it is open. */
async function openedAt(server: ChildProcess): Promise<string> {
  if (!server.stdout || !server.stderr) throw new Error('the server has no output');
  let errors = '';
  server.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const url = line.match(/^Otlichno is open: (\S+)/)?.[1];
    if (url) {
      server.stdout.resume();
      return url;
    }
  }
  throw new Error(`the server did not open:\n${errors}`);
}
