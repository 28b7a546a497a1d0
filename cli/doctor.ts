/** Looks at all parts of the school, whether it runs or not, and changes nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, CheckState } from '#shared/health.ts';
import { runCommand, UsageError } from './run-command.ts';

const usage = `Looks at all parts of the school and says what does not work.

  npm run doctor              a line for each part, and what to do about those that fail
  npm run doctor -- --json    the same for programs

Exit codes: 0 nothing has failed, 1 something has, 2 wrong use.
`;

const signs: Record<CheckState, string> = { ok: '✓', warning: '!', failed: '✗', off: '–' };

await runCommand(usage, async () => {
  const { json = false, help = false } = readArguments();
  if (help) {
    process.stdout.write(usage);
    return true;
  }
  const checks = await look();
  const ok = checks.every(({ state }) => state !== 'failed');
  process.stdout.write(json ? `${JSON.stringify({ ok, checks }, null, 2)}\n` : table(checks));
  return ok;
});

function readArguments(): { json?: boolean; help?: boolean } {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch {
    throw new UsageError('Unknown option.');
  }
}

async function look(): Promise<Check[]> {
  // Load the whole server, a second's work: not for help.
  const [{ loadConfig }, { openHealthParts }, { attachEmbeddedPostgres }, checks, { lookAtServer }, { databaseAway }, { createLog }] =
    await Promise.all([
      import('#server/load-config.ts'),
      import('#server/open-app.ts'),
      import('#server/platform/embedded-postgres.ts'),
      import('#server/features/health/run-checks.ts'),
      import('#server/features/health/checks/server.ts'),
      import('#server/features/health/checks/database.ts'),
      import('#server/platform/log.ts'),
    ]);
  const config = loadConfig();
  // Asked before a database is started for this command: the school that runs is the one to tell of.
  const server = await lookAtServer(config);
  const { url, problem, stop } = await openDatabase();
  const { parts, close } = await openHealthParts(config, url);
  try {
    const looks = problem === null ? checks.looks : { ...checks.looks, database: async () => databaseAway(problem) };
    const found = await checks.runChecks(parts, { ...looks, server: async () => server });
    return found.map((one) => checks.tellCheck(one, 'en'));
  } finally {
    await close();
    await stop();
  }

  /** The one of the running school, or started for the command; where it cannot be had, an address at which nobody answers. */
  async function openDatabase(): Promise<{ url: string; problem: string | null; stop: () => Promise<void> }> {
    if (config.database.kind === 'external') return { url: config.database.url, problem: null, stop: async () => {} };
    const dataDir = join(config.dataDir, 'postgres');
    const nowhere = { url: 'postgresql://127.0.0.1:1/none', stop: async () => {} };
    // To start it would be to make a new one.
    if (!existsSync(dataDir)) return { ...nowhere, problem: `there is none in ${dataDir} yet, the first start makes it` };
    try {
      const log = createLog('silent');
      const { url, stop } = await attachEmbeddedPostgres({ dataDir, log: (message) => log.info(message) });
      return { url, problem: null, stop };
    } catch (error) {
      return { ...nowhere, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

function table(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ title }) => title.length));
  const lines = checks.flatMap(({ state, title, detail, advice }) => [
    `${signs[state]} ${title.padEnd(width)}  ${detail}`,
    ...(advice === null ? [] : [`  ${' '.repeat(width)}  → ${advice}`]),
  ]);
  const count = (wanted: CheckState) => checks.filter(({ state }) => state === wanted).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  const verdict =
    failed > 0
      ? `${failed} failed, ${warnings} to look at.`
      : warnings > 0
        ? `Nothing has failed, ${warnings} to look at.`
        : 'All is well.';
  return `${lines.join('\n')}\n\n${verdict}\n`;
}
