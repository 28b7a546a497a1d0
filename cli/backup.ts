import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '#server/load-config.ts';
import { checkBackup } from '#server/platform/backup/check.ts';
import { createBackup } from '#server/platform/backup/create.ts';
import { listBackups } from '#server/platform/backup/keep.ts';
import type { Config } from '#server/platform/config.ts';
import { attachEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { secretFromDataDir } from '#server/platform/secrets.ts';
import { openStorage } from '#server/platform/storage/open.ts';
import { passphraseFrom } from './passphrase.ts';
import { runCommand, UsageError } from './run-command.ts';

const usage = `Everything the school knows, in one folder: rows, files, secret. The school may run meanwhile.

  npm run backup                          into BACKUP_DIR (by default DATA_DIR/backups)
  npm run backup -- --to FOLDER           into another folder of backups
  npm run backup -- --check [BACKUP]      is a backup whole? Without a name: the newest one
  npm run backup -- --list                what is there

  --passphrase-file FILE    seals it (or opens it, to check it) with the first line of FILE, 12 letters at least

BACKUP_KEEP whole backups are kept (by default 14). A backup that is not sealed holds the school's secret:
keep it as safe as the school. How to bring it back: npm run restore -- --help, docs/backups.md
Exit codes: 0 done or whole, 1 failed or damaged, 2 wrong use.
`;
const say = (line: string) => void process.stdout.write(`${line}\n`);

await runCommand(usage, async () => {
  const { values, positionals } = readArguments();
  if (values.help) {
    say(usage);
    return true;
  }
  if (positionals.length > (values.check ? 1 : 0) || (values.check && values.list)) throw new UsageError('Too many arguments.');
  const config = loadConfig();
  const dir = values.to === undefined ? config.backups.dir : resolve(values.to);
  if (values.list) return list(dir);
  const passphrase = await passphraseFrom(values['passphrase-file']);
  return values.check ? check(positionals[0], dir, passphrase) : make(config, dir, passphrase);
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        check: { type: 'boolean' },
        list: { type: 'boolean' },
        'passphrase-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function list(dir: string): Promise<boolean> {
  const backups = await listBackups(dir);
  for (const { folder, manifest } of backups) say(`${folder}  ${manifest.files.count} files${manifest.sealed ? ', sealed' : ''}`);
  if (backups.length === 0) say(`No whole backup in ${dir}`);
  return backups.length > 0;
}

async function check(given: string | undefined, dir: string, passphrase: string | null): Promise<boolean> {
  const folder = given === undefined ? (await listBackups(dir))[0]?.folder : resolve(given);
  if (folder === undefined) {
    say(`No whole backup in ${dir}`);
    return false;
  }
  const { manifest } = await checkBackup(folder, passphrase);
  say(`Whole: ${folder}, of ${manifest.at}, ${manifest.tables.length} tables and ${manifest.files.count} files.`);
  return true;
}

async function make(config: Config, dir: string, passphrase: string | null): Promise<boolean> {
  const { url, stop } =
    config.database.kind === 'external'
      ? { url: config.database.url, stop: async () => {} }
      : await attachEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: () => {} });
  try {
    const { folder, manifest, linked, removed } = await createBackup({
      databaseUrl: url,
      storage: await openStorage(config),
      store: config.store.kind,
      secret: config.secret ?? (await secretFromDataDir(config.dataDir)),
      dir,
      keep: config.backups.keep,
      passphrase,
      say,
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const { count, bytes, missing, missingKeys } = manifest.files;
    say(`Backup of ${manifest.at}: ${rows} rows, ${count} files (${(bytes / 1e6).toFixed(1)} MB, ${linked} unchanged since the last one).`);
    say(folder);
    if (removed.length > 0) say(`Removed ${removed.length} old: BACKUP_KEEP is ${config.backups.keep}.`);
    if (missing > 0)
      say(
        `WARNING: ${missing} files that the school names are not in the store, so they are not in the backup: ${missingKeys.slice(0, 5).join(', ')}`,
      );
    if (passphrase === null)
      say('The folder holds the school’s secret and everybody’s data: keep it as safe as the school (or seal it: --passphrase-file).');
    return true;
  } finally {
    await stop();
  }
}
