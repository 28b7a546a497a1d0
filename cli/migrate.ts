import { join } from 'node:path';
import { applyMigrations, checkMigrations, createMigration, migrationStatus, retryMigration } from '#prisma/migrate.ts';
import { loadConfig } from '#server/load-config.ts';
import { attachEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { startTemporaryPostgres } from '#server/platform/temporary-postgres.ts';
import { runCommand, UsageError } from './run-command.ts';

const usage = `The shape of the database, as prisma/schema.prisma and prisma/models describe it.

  npm run migrate -- new <name>      write the migration that leads to the edited schema
  npm run migrate -- check           do the migrations lead to exactly this schema?
  npm run migrate -- status          what does the school's database lack?
  npm run migrate -- apply           bring it up to the code (every start does this)
  npm run migrate -- retry <name>    apply a migration that has failed, after its cause was mended

new and check play the migrations in a database of their own. The others work on DATABASE_URL, or on the school's own database.
Exit codes: 0 done or equal, 1 different, behind or failed, 2 wrong use.
`;

const [command = 'help', name, ...rest] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);

await runCommand(usage, async () => {
  if (rest.length > 0) throw new UsageError('Too many arguments.');
  if ((command === 'new' || command === 'retry') !== (name !== undefined))
    throw new UsageError(`${command}: a name goes with new and retry.`);
  switch (command) {
    case 'new':
      return withTemporaryDatabase(async (url) => {
        const path = await createMigration(name ?? '', url);
        say(
          path === null
            ? 'Nothing has changed: the migrations lead to this schema already.'
            : `Written, to be read before it is committed: ${path}`,
        );
        return true;
      });
    case 'check':
      return withTemporaryDatabase(async (url) => {
        const missing = await checkMigrations(url);
        say(
          missing === null
            ? 'The migrations lead to the schema.'
            : `The migrations lack this (npm run migrate -- new <name>):\n\n${missing}`,
        );
        return missing === null;
      });
    case 'status':
      return withSchoolDatabase(async (url) => {
        const { pending, problem } = await migrationStatus(url);
        say(problem ?? (pending.length === 0 ? 'The database is up to date.' : `Not yet applied: ${pending.join(', ')}`));
        return problem === null && pending.length === 0;
      });
    case 'apply':
      return withSchoolDatabase(async (url) => sayApplied(await applyMigrations(url, { log: say })));
    case 'retry':
      return withSchoolDatabase(async (url) => sayApplied(await retryMigration(url, name ?? '', { log: say })));
    case 'help':
    case '--help':
      say(usage);
      return true;
    default:
      throw new UsageError('Unknown command.');
  }
});

function sayApplied(names: string[]): true {
  if (names.length === 0) say('The database is up to date.');
  return true;
}

async function withSchoolDatabase(work: (url: string) => Promise<boolean>): Promise<boolean> {
  const { database, dataDir } = loadConfig();
  if (database.kind === 'external') return work(database.url);
  const { url, stop } = await attachEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => undefined });
  return work(url).finally(stop);
}

async function withTemporaryDatabase(work: (url: string) => Promise<boolean>): Promise<boolean> {
  const { adminUrl, stop } = await startTemporaryPostgres();
  return work(adminUrl).finally(stop);
}
