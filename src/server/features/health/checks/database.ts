import { readdir } from 'node:fs/promises';
import { connectionsOf } from '../../../platform/connection-room.ts';
import { isDatabaseAway } from '../../../platform/unavailable.ts';
import { failed, type HealthParts, type Look, off, ok, reasonOf, warning } from '../check.ts';

const slowMs = 300;

/** Is it there? Its own check says so; every other one that needs it then has nothing to say. */
export const lookAtDatabase: Look = async (parts) => {
  try {
    const { version, bytes } = await one<{ version: string; bytes: string }>(
      parts,
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
    );
    const startedAt = performance.now();
    await one(parts, 'SELECT 1 AS one');
    const ms = performance.now() - startedAt;
    if (ms > slowMs) return warning(({ database }) => database.slow(ms));
    return ok(({ database }) => database.ok(version.split(' ')[0] ?? version, Number(bytes), ms));
  } catch (error) {
    return databaseAway(reasonOf(error, parts));
  }
};

export const databaseAway = (reason: string) => failed(({ database }) => database.away(reason));

export function needsDatabase(look: Look): Look {
  return async (parts) => {
    try {
      return await look(parts);
    } catch (error) {
      if (isDatabaseAway(error)) return off(({ noDatabase }) => noDatabase);
      throw error;
    }
  };
}

const migrationsFolder = new URL('../../../../../prisma/migrations/', import.meta.url);

export const lookAtMigrations: Look = async (parts) => {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const code = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const { there } = await one<{ there: boolean }>(parts, `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  const { rows } = there
    ? await parts.pool.query<{ name: string; done: boolean }>(
        'SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE rolled_back_at IS NULL',
      )
    : { rows: [] };
  const broken = rows.find(({ done }) => !done);
  if (broken) return failed(({ migrations }) => migrations.broken(broken.name));
  const applied = new Set(rows.map(({ name }) => name));
  const newer = [...applied].filter((name) => !code.includes(name));
  if (newer.length > 0) return failed(({ migrations }) => migrations.newer(newer.join(', ')));
  const pending = code.filter((name) => !applied.has(name));
  if (pending.length > 0) return failed(({ migrations }) => migrations.pending(pending.join(', ')));
  return ok(({ migrations }) => migrations.ok(code.length));
};

export const lookAtConnections: Look = async (parts) => {
  const { used, most } = await one<{ used: number; most: number }>(
    parts,
    `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most`,
  );
  const few = used > 0.9 * most || connectionsOf(parts.config) > most;
  return (few ? warning : ok)(({ connections }) => (few ? connections.few(used, most) : connections.ok(used, most)));
};

const tellSeconds = 2;
const wrongSeconds = 30;

export const lookAtClock: Look = async (parts) => {
  const sentAt = Date.now();
  const { now } = await one<{ now: Date }>(parts, 'SELECT clock_timestamp() AS now');
  const seconds = Math.abs(now.getTime() - (sentAt + Date.now()) / 2) / 1000;
  if (seconds < tellSeconds) return ok(({ clock }) => clock.ok);
  return (seconds < wrongSeconds ? warning : failed)(({ clock }) => clock.differs(seconds));
};

export const lookAtZone: Look = async (parts) => {
  const { schoolTimeZone } = parts.config;
  const { known } = await one<{ known: boolean }>(parts, 'SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1) AS known', [
    schoolTimeZone,
  ]);
  if (!known) return failed(({ zone }) => zone.unknown(schoolTimeZone));
  const time = new Date().toLocaleTimeString('ru', { timeZone: schoolTimeZone, hour: '2-digit', minute: '2-digit' });
  return ok(({ zone }) => zone.ok(schoolTimeZone, time));
};

export async function one<T extends object>({ pool }: HealthParts, text: string, values: unknown[] = []): Promise<T> {
  const [row] = (await pool.query<T>(text, values)).rows;
  if (!row) throw new Error('the database gave no row');
  return row;
}
