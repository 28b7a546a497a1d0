/** The database at one moment: everything here runs in one transaction that sees nothing of what is written meanwhile. */
import { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BackupError, type Manifest, type Part } from './format.ts';
import { writePart, writeStored } from './parts.ts';

const { escapeIdentifier } = pg;

/** How values are printed does not depend on the settings of the server, nor does whoever reads them. */
export const printing = `SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
  SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`;

/** What the queue has yet to do. What it has done, and its own tables, are not the school's: another version of the queue makes them its own way. */
const jobsWaiting = `SELECT json_build_object('name', name, 'data', data, 'startAfter', start_after)
  FROM pgboss.job WHERE state IN ('created', 'retry', 'active') ORDER BY created_on, id`;

export interface Dump {
  at: Date;
  migrations: Manifest['migrations'];
  tables: Manifest['tables'];
  sequences: Manifest['sequences'];
  jobs: Manifest['jobs'];
}

interface Where {
  folder: string;
  key: Buffer | null;
  /** A file outside of the backup's parts, for the keys of the files that rows name: one a line, in hex, sorted. */
  keysFile: string;
  /** Sees the same moment as the dump. */
  inSnapshot?: ((client: pg.Client) => Promise<void>) | undefined;
}

/** Writes all rows. The transaction is over when this returns: files may take hours, and nobody cleans a database that is looked at for hours. */
export async function dumpDatabase(client: pg.Client, { folder, key, keysFile, inSnapshot }: Where): Promise<Dump> {
  await client.query(printing);
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // The first statement is the moment.
  const at = (await client.query<{ at: Date }>('SELECT clock_timestamp() AS at')).rows[0]?.at ?? new Date();
  const migrations = await migrationsOf(client);
  const heads = await tablesOf(client);
  await client.query(`LOCK TABLE ${heads.map(({ name }) => `public.${escapeIdentifier(name)}`).join(', ')} IN ACCESS SHARE MODE`);
  await inSnapshot?.(client);
  const tables: Dump['tables'] = [];
  for (const { name, columns } of heads) {
    const source = client.query(copyTo(`COPY public.${escapeIdentifier(name)} (${columns.map(escapeIdentifier).join(', ')}) TO STDOUT`));
    const part = await writePart(folder, `tables/${name}.gz`, source, key);
    tables.push({ name, columns, rows: source.rowCount, part });
  }
  const jobs = await dumpJobs(client, folder, key);
  await writeStored(keysFile, client.query(copyTo(`COPY (${await filesNamed(client)}) TO STDOUT`)), { key: null, gzip: false });
  const sequences = await sequencesOf(client);
  await client.query('COMMIT');
  return { at, migrations, tables, sequences, jobs };
}

async function migrationsOf(client: pg.Client): Promise<Dump['migrations']> {
  const { rows: there } = await client.query<{ there: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`);
  if (!there[0]?.there) throw new BackupError('There is no school in this database yet: nothing to back up.');
  const { rows } = await client.query<{ name: string; checksum: string; done: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done FROM public._prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const broken = rows.find(({ done }) => !done);
  if (broken) throw new BackupError(`Migration ${broken.name} did not end. Mend that first: npm run migrate -- retry ${broken.name}`);
  return rows.map(({ name, checksum }) => ({ name, checksum }));
}

/** Without what the database computes by itself, and without its migrations, which a restore applies. */
async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     GROUP BY c.relname ORDER BY c.relname`,
  );
  return rows;
}

async function dumpJobs(client: pg.Client, folder: string, key: Buffer | null): Promise<{ rows: number; part: Part }> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`);
  // A school that has never been opened has no queue yet.
  if (!rows[0]?.there) return { rows: 0, part: await writePart(folder, 'jobs.gz', Readable.from([]), key) };
  // In hex a line stays a line, whatever a job carries.
  const source = client.query(
    copyTo(`COPY (SELECT encode(convert_to(job::text, 'UTF8'), 'hex') FROM (${jobsWaiting}) AS waiting (job)) TO STDOUT`),
  );
  const part = await writePart(folder, 'jobs.gz', source, key);
  return { rows: source.rowCount, part };
}

/**
 * Every file that belongs to this moment: whatever a column «storage_key» names. Not uploads on their way; and what was removed within a day, because
 * it can be put back (features/files/collect.ts keeps it as long).
 */
async function filesNamed(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'storage_key' AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
  );
  const named = rows.map(({ name }) => {
    const arrived = name === 'upload' ? ` AND state = 'ready'` : '';
    return `SELECT storage_key FROM public.${escapeIdentifier(name)} WHERE storage_key IS NOT NULL${arrived}`;
  });
  const removed = `SELECT before->>'storageKey' FROM public.audit_entry
    WHERE action = 'file.remove' AND at > now() - interval '1 day' AND before->>'storageKey' IS NOT NULL`;
  return `SELECT encode(convert_to(key, 'UTF8'), 'hex') FROM (${[...named, removed].join(' UNION ')}) AS named (key) ORDER BY key COLLATE "C"`;
}

/** They stand outside of transactions, and only grow: what is read now is at least what the rows of this moment had. */
async function sequencesOf(client: pg.Client): Promise<Dump['sequences']> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  );
  return rows;
}
