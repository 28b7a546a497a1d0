import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '#server/load-config.ts';
import { createLog } from '#server/platform/log.ts';
import { passphraseFrom } from './passphrase.ts';
import { runCommand, UsageError } from './run-command.ts';

const usage = `A school out of a backup, into an empty place: DATA_DIR or DATABASE_URL, DATA_DIR/files or S3_… of the settings.

  npm run restore -- BACKUP

  --passphrase-file FILE    opens a sealed backup
  --into-existing --yes     there is a school already: it is put aside in the database, and its files stay beside those of the backup
  --send-waiting            the school was stopped for this backup and has done nothing since: letters that were due go out now.
                            Without it they do not, announcements whose time has gone by are drafts again, nothing is charged until
                            a moderator has compared the books, and everybody signs in anew
  --keep-secret             go on with SECRET of the settings, though it is not the backup's

Stop the school first. Everything is checked before anything is changed; broken off, it is begun anew by the same command.
Exit codes: 0 restored, 1 refused or failed, 2 wrong use.
`;
const say = (line: string) => void process.stdout.write(`${line}\n`);

await runCommand(usage, async () => {
  const { values, positionals } = readArguments();
  const [folder, ...rest] = positionals;
  if (values.help) {
    say(usage);
    return true;
  }
  if (folder === undefined) throw new UsageError('Name the backup.');
  if (rest.length > 0) throw new UsageError('One backup at a time.');
  if (Boolean(values['into-existing']) !== Boolean(values.yes)) throw new UsageError('--into-existing goes with --yes.');
  const config = loadConfig();
  const passphrase = await passphraseFrom(values['passphrase-file']);
  const { restoreSchool } = await import('#server/restore-school.ts');
  const restored = await restoreSchool({
    config,
    log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
    folder: resolve(folder),
    passphrase,
    intoExisting: values['into-existing'] ?? false,
    keepSecret: values['keep-secret'] ?? false,
    sendWaiting: values['send-waiting'] ?? false,
    say,
  });
  const { manifest, aside, erased, notices, announcements, charges } = restored;
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`The school of ${manifest.at} is back: ${rows} rows, ${manifest.files.count} files. Start it: npm start`);
  if (aside !== null) say(`What was in the database lies in its schema ${aside}. When all is well: DROP SCHEMA ${aside} CASCADE`);
  if (manifest.files.missing > 0) say(`${manifest.files.missing} files were missing when the backup was made, and still are.`);
  if (erased > 0) say(`${erased} people who were erased since the backup are erased again.`);
  if (notices > 0) say(`${notices} letters and messages that were due are not sent: the school may have sent them before.`);
  if (announcements > 0) say(`${announcements} announcements whose time has gone by are drafts again: look at them in «Новости».`);
  if (charges > 0)
    say(
      `${charges} charges of subscriptions are due, and may have been made before: payments are stopped. Compare «Сверка», then start them again in «Приём оплаты» (docs/backups.md).`,
    );
  return true;
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'passphrase-file': { type: 'string' },
        'into-existing': { type: 'boolean' },
        yes: { type: 'boolean' },
        'send-waiting': { type: 'boolean' },
        'keep-secret': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
