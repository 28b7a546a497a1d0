/** The database a backup is restored into: empty, or what was in it put aside. */
import type pg from 'pg';
import { BackupError } from './format.ts';

export interface Into {
  /** Stands in the database until the restore has come to its end. */
  mark: string;
  /** What is in it may be put aside. */
  intoExisting: boolean;
  at: Date;
}

/**
 * Makes room for the school and marks the database as being restored; the mark outlives a process that is killed.
 * @returns under which name what was there lies now; null where nothing was
 */
export async function clearDatabase(client: pg.Client, { mark, intoExisting, at }: Into): Promise<string | null> {
  await refuseOthers(client);
  const { rows } = await client.query<{ marked: boolean; filled: boolean; queue: boolean }>(
    `SELECT to_regnamespace('${mark}') IS NOT NULL AS marked, to_regnamespace('pgboss') IS NOT NULL AS queue,
      EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'S')) AS filled`,
  );
  const { marked = false, filled = false, queue = false } = rows[0] ?? {};
  if (marked) {
    // Left by a restore that was broken off: nothing of it was ever shown to anybody.
    await client.query('BEGIN; DROP SCHEMA IF EXISTS pgboss CASCADE');
    for (const { kind, name } of await ownObjects(client)) await client.query(`DROP ${kind} IF EXISTS ${name} CASCADE`);
    await client.query('COMMIT');
    return null;
  }
  if (!filled && !queue) {
    await client.query(`BEGIN; CREATE SCHEMA IF NOT EXISTS public; CREATE SCHEMA ${mark}; COMMIT`);
    return null;
  }
  if (!intoExisting)
    throw new BackupError(
      'There is a school in this database already, and nothing was changed. To put it aside and restore in its place, add: --into-existing --yes',
    );
  const aside = `before_${at.toISOString().slice(0, 19).replaceAll(/\D/g, '')}`;
  await client.query('BEGIN');
  await client.query(`CREATE SCHEMA ${aside}`);
  for (const { kind, name } of await ownObjects(client)) await client.query(`ALTER ${kind} ${name} SET SCHEMA ${aside}`);
  if (queue) await client.query(`ALTER SCHEMA pgboss RENAME TO ${aside}_queue`);
  await client.query(`CREATE SCHEMA ${mark}`);
  await client.query('COMMIT');
  return aside;
}

/**
 * Tables, types and functions of a school. Not those of extensions, nor the schema itself: an admin with more rights may have made them, and what is
 * gone could not be made again.
 */
async function ownObjects(client: pg.Client): Promise<{ kind: string; name: string }[]> {
  const { rows } = await client.query<{ kind: string; name: string }>(
    `WITH found (catalog, id, kind, name) AS (
      SELECT 'pg_class'::regclass, oid, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
        format('public.%I', relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
      UNION ALL
      SELECT 'pg_proc'::regclass, oid, 'ROUTINE', format('public.%I(%s)', proname, pg_get_function_identity_arguments(oid))
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL
      SELECT 'pg_type'::regclass, oid, 'TYPE', format('public.%I', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd'))
    SELECT kind, name FROM found WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = catalog AND d.objid = id AND d.deptype = 'e')`,
  );
  return rows;
}

/** A school that runs would go on in the middle of it. */
async function refuseOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT coalesce(nullif(application_name, ''), 'a program without a name') AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY 1`,
  );
  if (rows.length > 0)
    throw new BackupError(
      `Somebody works with this database: ${rows.map(({ name }) => name).join(', ')}. Stop the school and whatever else uses it, then run this again.`,
    );
}
