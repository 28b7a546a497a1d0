import cluster from 'node:cluster';
import { loadConfig } from './load-config.ts';
import type { Config } from './platform/config.ts';
import { describeFailure } from './start-failure.ts';
import { collectAfterStart } from './start-garbage.ts';

// Where the disk is full, or nobody reads any more, there is one who hears nothing; that is no reason for the school to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

interface School {
  stop(): Promise<void>;
  /** Leaves nothing behind that would go on by itself. */
  kill?(): void;
}

async function main() {
  // Each is loaded where it is needed: a process that only looks after others holds nothing of the school.
  if (cluster.isWorker) return (await import('./workers/worker.ts')).runWorker();
  const config = loadConfig();
  // While it is developed the school is one process.
  const dev = process.argv.includes('--dev');
  stopOnSignals(config.workers > 1 && !dev ? await startSeveral(config) : await startOne(config, dev));
}

async function startOne(config: Config, dev: boolean): Promise<School> {
  const { serve } = await import('./serve.ts');
  const server = await serve({ config, say, dev });
  collectAfterStart();
  const url = tellOpen(config, server.port);
  if (dev && config.telegram === null) say(`There is no token of a bot, so Telegram is played at ${server.app.config.telegram?.linkRoot}`);
  const played = dev && config.payments === null ? server.app.config.payments?.tbank : null;
  if (played) say(`There are no keys of an acquirer, so T-Bank and CloudPayments are played at ${new URL(played.apiRoot).origin}`);
  tellHow(config, url);
  renewOnHangUp(() => say('The school is one process (WORKERS=1), which is not replaced while it runs: restart it. Nothing was changed.'));
  return server;
}

async function startSeveral(config: Config): Promise<School> {
  const { startPrimary } = await import('./workers/primary.ts');
  const primary = await startPrimary(config, say, (line) => process.stderr.write(`${line}\n`));
  const url = tellOpen(config, primary.port);
  tellHow(config, url);
  renewOnHangUp(() => primary.renew());
  return primary;
}

/** A terminal that is closed sends the same signal, and takes the school with it. */
function renewOnHangUp(renew: () => void): void {
  process.on('SIGHUP', () => (process.stdout.isTTY ? process.kill(process.pid, 'SIGTERM') : renew()));
}

function tellOpen(config: Config, port: number): string {
  const url = config.port === 0 ? `http://localhost:${port}` : config.publicUrl;
  say(`\nOtlichno is open: ${url}`);
  return url;
}

function tellHow(config: Config, url: string): void {
  if (config.mail.kind === 'folder') say(`Letters are not sent but shown here and at ${url}/dev/mail`);
  if (config.database.kind === 'embedded') say('Make yourself a teacher: npm run moderator -- add you@example.ru');
  say('Stop with Ctrl-C.\n');
}

function stopOnSignals(school: School): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) {
        school.kill?.();
        process.exit(1);
      }
      asked = true;
      say('Stopping …');
      void school.stop().then(() => process.exit(0));
    });
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(1);
}
