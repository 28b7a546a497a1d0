/** Rows of a backup into a database that has the backup's own migrations and nothing that matters. */
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { OpenBackup } from './check.ts';
import { printing } from './dump.ts';
import { BackupError, type Manifest } from './format.ts';
import { meter, readPart } from './parts.ts';

const { escapeIdentifier, escapeLiteral } = pg;
const tableName = (name: string) => `public.${escapeIdentifier(name)}`;

/** In one transaction: all rows, or none. */
export async function loadTables(client: pg.Client, backup: OpenBackup): Promise<void> {
  const { tables, sequences } = backup.manifest;
  await client.query(printing);
  await client.query('BEGIN');
  await compareTables(client, tables);
  const putBack = await withoutRules(client);
  // Migrations write rows of their own.
  await client.query(`TRUNCATE ${tables.map(({ name }) => tableName(name)).join(', ')}`);
  for (const table of tables) await loadTable(client, backup, table);
  for (const { name, last } of sequences) {
    if (last !== null) await client.query(`SELECT setval(${escapeLiteral(tableName(name))}, ${last})`);
  }
  for (const statement of putBack) await client.query(statement);
  await client.query('COMMIT');
  // Plans of the first hour would be made for empty tables.
  await client.query('ANALYZE');
}

async function loadTable(
  client: pg.Client,
  { folder, key }: OpenBackup,
  { name, columns, rows, part }: Manifest['tables'][number],
): Promise<void> {
  const target = client.query(copyFrom(`COPY ${tableName(name)} (${columns.map(escapeIdentifier).join(', ')}) FROM STDIN`));
  const { stream, result } = meter();
  await pipeline(readPart(folder, part, key), stream, target);
  if (target.rowCount !== rows || result().sha256 !== part.content)
    throw new BackupError(`The backup is damaged: ${part.path} does not hold the ${rows} rows that were written.`);
}

/** Rows come table by table, so what binds tables to each other waits until all are there, and is then asked of every row. @returns what puts it back */
async function withoutRules(client: pg.Client): Promise<string[]> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const { rows: guarded } = await client.query<{ table: string }>(
    `SELECT DISTINCT c.relname AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${tableName(table)} DROP CONSTRAINT ${escapeIdentifier(name)}`);
  for (const { table } of guarded) await client.query(`ALTER TABLE ${tableName(table)} DISABLE TRIGGER USER`);
  return [
    ...keys.map(({ table, name, definition }) => `ALTER TABLE ${tableName(table)} ADD CONSTRAINT ${escapeIdentifier(name)} ${definition}`),
    ...guarded.map(({ table }) => `ALTER TABLE ${tableName(table)} ENABLE TRIGGER USER`),
  ];
}

async function compareTables(client: pg.Client, tables: Manifest['tables']): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'`,
  );
  const [wanted, found] = [new Set(tables.map(({ name }) => name)), new Set(rows.map(({ name }) => name))];
  const different = [...wanted.symmetricDifference(found)];
  if (different.length > 0)
    throw new BackupError(`The tables of the backup are not those its migrations make: ${different.join(', ')}. Nothing was loaded.`);
}
