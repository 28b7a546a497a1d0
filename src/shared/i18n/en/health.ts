import { en } from '../plural.ts';
import type { health as ru } from '../ru/health.ts';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const size = (bytes: number) =>
  bytes >= 1e9
    ? `${number.format(bytes / 1e9)} GB`
    : bytes >= 1e6
      ? `${number.format(bytes / 1e6)} MB`
      : `${number.format(bytes / 1e3)} kB`;
const lasted = (ms: number) => {
  if (ms < 60_000) return 'less than a minute';
  if (ms < 3_600_000) return en(Math.floor(ms / 60_000), '# minute', '# minutes');
  if (ms < 172_800_000) return en(Math.floor(ms / 3_600_000), '# hour', '# hours');
  return en(Math.floor(ms / 86_400_000), '# day', '# days');
};

export const health: typeof ru = {
  titles: {
    server: 'Server',
    database: 'Database',
    migrations: 'Tables of the database',
    connections: 'Connections to the database',
    clock: 'Clock',
    zone: 'Time zone',
    store: 'File store',
    disk: 'Room on the disk',
    log: 'Log of the database',
    mail: 'Mail',
    telegram: 'Telegram',
    payments: 'Payments',
    money: 'Discrepancies with banks',
    queue: 'Background jobs',
    delivery: 'Notices',
    backup: 'Backup',
    secret: 'Secret of the school',
    address: 'Address of the site',
    demo: 'Demo courses',
  },
  hangs: (seconds) => ({
    detail: `No answer in ${en(seconds, '# second', '# seconds')}.`,
    advice: 'See whether the machine is overloaded, and whether this part can be reached over the network.',
  }),
  broke: (reason) => ({ detail: reason, advice: 'Look for errors in the log of the server.' }),
  noDatabase: { detail: 'Cannot be looked at while the database does not answer.' },
  server: {
    runs: (url) => ({ detail: `The school answers at ${url}` }),
    opens: (url) => ({
      detail: `At ${url} the school runs, and cannot work yet.`,
      advice: 'Wait a minute. If it stays so, the reason stands below or in the log of the server.',
    }),
    down: (url) => ({
      detail: `Nobody answers at ${url}.`,
      advice: 'Start the school: npm start. If it was started, read the last lines of its log.',
    }),
  },
  database: {
    ok: (version, bytes, ms) => ({ detail: `PostgreSQL ${version}, ${size(bytes)}, answers in ${Math.max(1, Math.round(ms))} ms.` }),
    slow: (ms) => ({
      detail: `Answers in ${Math.round(ms)} ms, which is long.`,
      advice: 'Look at the load of its machine and the network on the way there.',
    }),
    away: (reason) => ({
      detail: `Does not answer: ${reason}`,
      advice: 'See whether PostgreSQL runs and DATABASE_URL is right. The school comes back by itself as soon as the database does.',
    }),
  },
  migrations: {
    ok: (n) => ({ detail: `All there: ${en(n, '# migration', '# migrations')}.` }),
    pending: (names) => ({
      detail: `Not applied: ${names}.`,
      advice: 'Restart the school, the start applies them. Or: npm run migrate -- apply',
    }),
    newer: (names) => ({
      detail: `The database is newer than this program: ${names}.`,
      advice: 'Restart the school in the newer version, or restore the backup of the older one.',
    }),
    broken: (name) => ({
      detail: `Migration ${name} began and did not end.`,
      advice: `Mend the cause, then run: npm run migrate -- retry ${name}`,
    }),
  },
  connections: {
    ok: (used, most) => ({ detail: `${used} of ${most} are taken.` }),
    few: (used, most) => ({
      detail: `${used} of ${most} are taken, nearly all.`,
      advice: 'Raise max_connections of PostgreSQL, or lower DATABASE_POOL.',
    }),
  },
  clock: {
    ok: { detail: 'The clocks of server and database agree.' },
    differs: (seconds) => ({
      detail: `The clocks of server and database differ by ${en(Math.round(seconds), '# second', '# seconds')}.`,
      advice: 'Have both machines keep time (systemd-timesyncd or chrony): topics open and exams end by the clock.',
    }),
  },
  zone: {
    ok: (zone, time) => ({ detail: `${zone}, where it is ${time} now.` }),
    unknown: (zone) => ({
      detail: `The database does not know the zone ${zone}.`,
      advice: 'Correct SCHOOL_TIME_ZONE, or update the zones of PostgreSQL (package tzdata).',
    }),
  },
  store: {
    disk: (folder) => ({ detail: `Folder ${folder}: writing, reading and removing work.` }),
    bucket: (bucket) => ({ detail: `Bucket ${bucket}: writing, reading and removing work.` }),
    failed: (reason) => ({
      detail: `Does not work: ${reason}`,
      advice:
        'See to the rights on DATA_DIR/files and the room on the disk; of a bucket to the S3_ keys and the network. Until then files can be neither sent nor opened.',
    }),
    differs: {
      detail: 'What was read is not what was written.',
      advice: 'The store damages files. Check the disk (dmesg, smartctl) or the settings of the bucket.',
    },
  },
  disk: {
    ok: (free, all) => ({ detail: `${size(free)} of ${size(all)} are free.` }),
    low: (free, all) => ({
      detail: `${size(free)} of ${size(all)} are free.`,
      advice: 'Make room or enlarge the disk. On a full disk the school takes no answers and no files.',
    }),
    inodes: (free) => ({
      detail: `The disk has room for ${free} more files.`,
      advice: 'Remove small files that nobody needs: there are bytes left, and no new file is taken.',
    }),
  },
  log: {
    ok: (bytes) => ({ detail: `The log of PostgreSQL takes ${size(bytes)}.` }),
    big: (file, bytes) => ({
      detail: `The log of PostgreSQL ${file} takes ${size(bytes)}.`,
      advice: 'See what it complains of, and empty it: truncate -s 0 and the name of the file.',
    }),
    own: { detail: 'Your PostgreSQL keeps a log of its own.' },
  },
  mail: {
    ok: (host) => ({ detail: `${host} took the connection and the password.` }),
    folder: { detail: 'There is no mail server, letters are shown on this machine.' },
    none: {
      detail: 'There is no mail server: letters with codes reach nobody, and nobody can sign in or register.',
      advice: 'Set SMTP_URL and MAIL_FROM (docs/admin-guide.md, “Mail”) and restart the school.',
    },
    password: (host, reason) => ({
      detail: `${host} did not take name or password: ${reason}`,
      advice: 'Check SMTP_URL. The signs @ : / in name and password are written %40 %3A %2F.',
    }),
    away: (host, reason) => ({
      detail: `${host} cannot be reached: ${reason}`,
      advice: 'Check address and port in SMTP_URL. Many hosters close port 25: take 465 or 587. Letters wait, and go out by themselves.',
    }),
  },
  telegram: {
    off: { detail: 'Not set up, notices go by mail.' },
    ok: (bot, last) => ({
      detail:
        last === null
          ? `The bot @${bot} answers; nobody has written to it yet.`
          : `The bot @${bot} answers; the last message to it came ${lasted(last)} ago.`,
    }),
    token: { detail: 'Telegram does not know the token.', advice: 'Copy the token anew from @BotFather into TELEGRAM_TOKEN.' },
    away: (reason) => ({
      detail: `Telegram cannot be reached: ${reason}`,
      advice: 'Set TELEGRAM_PROXY or TELEGRAM_API_ROOT (docs/admin-guide.md, “Telegram”). Until then letters go instead of messages.',
    }),
    nobody: (last) => ({
      detail:
        last === null
          ? 'Telegram answers, but no process of the school has spoken to it yet.'
          : `Telegram answers, but no process of the school has spoken to it for ${lasted(last)}.`,
      advice: 'If the school runs, read its log: one process speaks to Telegram, and may have stopped to.',
    }),
    conflict: { detail: 'Another program uses the same bot.', advice: 'Stop it, or give the school a bot of its own.' },
    refused: (said) => ({ detail: `Telegram refuses: ${said}`, advice: 'Mostly a certificate, or a firewall before the webhook.' }),
  },
  payments: {
    off: { detail: 'This school takes no payments.' },
    ok: (names) => ({ detail: `${names}: the keys fit.` }),
    test: (names) => ({
      detail: `${names}: test mode, courses open for payments that are none.`,
      advice: 'On a school that sells take PAYMENTS_TEST out and set the real keys.',
    }),
    keys: (names) => ({
      detail: `${names}: the keys do not fit.`,
      advice: 'Compare the PAYMENTS_ keys with the cabinet of the bank. Until then nobody can pay.',
    }),
    away: (names, reason) => ({
      detail: `${names} does not answer: ${reason}`,
      advice: 'See whether this machine reaches the internet. Payments under way are not lost: they are asked for again.',
    }),
    stopped: (names) => ({
      detail: `${names}: stopped, no new payments and charges.`,
      advice: 'By a moderator or by a restore. In the office look at “Payments”, “Checks”, then start it again in “Providers”.',
    }),
  },
  money: {
    none: { detail: 'All agrees.' },
    open: (n) => ({
      detail: `${en(n, '# discrepancy waits', '# discrepancies wait')} for a decision.`,
      advice: 'In the office: “Payments”, “Checks”.',
    }),
  },
  queue: {
    ok: (failed) => ({ detail: failed === 0 ? 'Done in time.' : `Done in time. Given up within a day: ${failed}.` }),
    late: (kind, ms) => ({
      detail: `The job ${kind} has waited for ${lasted(ms)}.`,
      advice: 'If the school runs, look for “job failed” in its log; if not, jobs begin when it starts.',
    }),
    failed: (n, kinds) => ({
      detail: `Given up within a day: ${n} (${kinds}).`,
      advice: 'Look for “job failed” with these names in the log: the reason stands there.',
    }),
  },
  delivery: {
    ok: (waiting) => ({ detail: waiting === 0 ? 'All that is due has gone out.' : `${waiting} wait their turn, none for long.` }),
    late: (channel, n, ms) => ({
      detail: `${channel === 'email' ? 'Letters' : 'Telegram messages'} wait to go out: ${n}, the oldest for ${lasted(ms)}.`,
      advice: channel === 'email' ? 'See the line “Mail”.' : 'See the line “Telegram”.',
    }),
  },
  backup: {
    ok: (ms) => ({ detail: `The last whole one was made ${lasted(ms)} ago.` }),
    old: (ms) => ({
      detail: `The last whole one was made ${lasted(ms)} ago.`,
      advice: 'See to the nightly cron line or systemd timer: npm run backup',
    }),
    none: (folder) => ({
      detail: `There is none in ${folder}.`,
      advice: 'Make one: npm run backup. And have it made every night (docs/backups.md).',
    }),
    practice: (folder) => ({ detail: `There is none in ${folder}; so far the school is for you alone.` }),
  },
  secret: {
    config: { detail: 'Set by SECRET.' },
    file: (file) => ({ detail: `In ${file}, which only the school may read.` }),
    open: (file) => ({ detail: `Other users of the machine may read ${file}.`, advice: `Close it: chmod 600 ${file}` }),
    later: { detail: 'The first start makes it.' },
    missing: (file) => ({
      detail: `There is no file ${file}.`,
      advice: 'Put it back from the backup: without it saved cards and the second step of signing in cannot be read.',
    }),
  },
  address: {
    ok: (url) => ({ detail: `${url}, behind a proxy with a certificate.` }),
    local: (url) => ({ detail: `${url}: the site opens on this machine or in your network only.` }),
    open: (url) => ({
      detail: `${url}: without https passwords and codes are seen by everybody on the way.`,
      advice: 'Put nginx or Caddy with a certificate before the school, and set PUBLIC_URL with https://.',
    }),
    proxy: (url) => ({
      detail: `${url}, but TRUST_PROXY is not set: all visitors are one address to the school.`,
      advice: 'Set TRUST_PROXY=1 where one proxy stands before the school: otherwise limits of tries hold for all visitors together.',
    }),
  },
  demo: {
    off: { detail: 'Off.' },
    ok: { detail: 'On: an empty school has something to look at.' },
    public: {
      detail: 'On in a public school: students see courses that are not yours.',
      advice: 'Set DEMO=off and remove the courses that are not needed.',
    },
  },
};
