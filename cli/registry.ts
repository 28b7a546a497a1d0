import { parseArgs } from 'node:util';
import { findIntactRegistry, registryKey, writeRegistry } from '#server/features/registry/file.ts';
import { getRegistryState } from '#server/features/registry/queries.ts';
import type { App } from '#server/platform/app.ts';
import { runCommand, UsageError } from './run-command.ts';

const usage = `The Excel table of registrations.

  npm run registry -- status     is the stored file whole and up to date?
  npm run registry -- rebuild    write it anew from the database

Exit codes: 0 up to date or written, 1 damaged, behind or failed, 2 wrong use.
`;

const commands: Record<string, (app: App) => Promise<boolean>> = { status, rebuild };

await runCommand(usage, async () => {
  const [name, ...rest] = readArguments();
  if (name === undefined || name === 'help') {
    process.stdout.write(usage);
    return true;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || rest.length > 0) throw new UsageError('Unknown command.');
  // Loads the whole server, a second's work: not for help or for an answer that needs no database.
  const { openCliApp } = await import('#server/open-app.ts');
  const { app, close } = await openCliApp();
  try {
    return await command(app);
  } finally {
    await close();
  }
});

function readArguments(): string[] {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
    return values.help ? ['help'] : positionals;
  } catch {
    throw new UsageError('Unknown option.');
  }
}

async function status(app: App): Promise<boolean> {
  const { students, file, behind } = await getRegistryState(app);
  const intact = (await findIntactRegistry(app)) !== null;
  const verdict = !file ? 'was never written' : !intact ? 'missing or damaged' : behind ? 'behind the database' : 'up to date';
  const lines = [
    `Students in the database: ${students}`,
    ...(file ? [`Rows in the file:         ${file.rows}, written ${file.writtenAt.toISOString()}`] : []),
    `File ${registryKey}: ${verdict}`,
    ...(verdict === 'up to date'
      ? []
      : ['It is written anew at the next registration or download, or now by: npm run registry -- rebuild']),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return verdict === 'up to date';
}

async function rebuild(app: App): Promise<boolean> {
  const { rows } = await writeRegistry(app);
  process.stdout.write(`Wrote ${registryKey}: ${rows} ${rows === 1 ? 'student' : 'students'}.\n`);
  return true;
}
