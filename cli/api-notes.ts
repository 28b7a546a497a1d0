import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CommandError, runCommand, UsageError } from './run-command.ts';

const usage = `The tables of procedures in docs/api.md.

  npm run api-notes               make them anew from the routers
  npm run api-notes -- --check    do they say what the routers are?

What a procedure does is written by hand, in the last column, and stays there.
Exit codes: 0 made or up to date, 1 behind or something is missing, 2 wrong use.
`;

await runCommand(usage, async () => {
  const [option, ...rest] = process.argv.slice(2);
  if (option === '--help' || option === '-h') {
    process.stdout.write(usage);
    return true;
  }
  if (rest.length > 0 || (option !== undefined && option !== '--check')) throw new UsageError('Unknown option.');
  // Loads the whole server, a second's work: not for help.
  const { apiDocument, renewApiNotes } = await import('./check/api-tables.ts');
  const file = fileURLToPath(new URL(`../${apiDocument}`, import.meta.url));
  const before = await readFile(file, 'utf8');
  const { text, wordless } = renewApiNotes(before);
  if (option === '--check' && text !== before) throw new CommandError(`${apiDocument} is behind the routers. Run: npm run api-notes`);
  await writeFile(file, text);
  if (wordless.length > 0) throw new CommandError(`Say in ${apiDocument}, in the last column, what these do:\n  ${wordless.join('\n  ')}`);
  process.stdout.write(`${apiDocument} is up to date.\n`);
  return true;
});
