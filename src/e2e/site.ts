import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The whole school as a newcomer starts it: `npm start` on a free port over a fresh data folder. */
export interface Site {
  url: string;
  dataDir: string;
  /** The newest letter to an address; waits for it. */
  letterTo(email: string): Promise<{ subject: string; text: string }>;
  /** Runs a command of cli/ over the same data folder. */
  cli(command: string, args: string[], stdin?: string): Promise<string>;
  /** Ends the server as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again after that, at the same address and over the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'otlichno-e2e-'));
  // Under root the database runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, DATABASE_URL: '', SMTP_URL: '', LOG_LEVEL: 'error' };
  const start = (port: string) =>
    spawn(process.execPath, ['src/server/main.ts'], { cwd: root, env: { ...env, PORT: port }, stdio: ['ignore', 'pipe', 'pipe'] });
  let server = start('0');
  const url = await openedAt(server);
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
