/**
 * Prisma's schema engine as WebAssembly, from npm: `prisma migrate` would download a native one from a host that is often closed.
 * This file knows how to run the engine; what is done with it stands in migrate.ts.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { createScratchDatabase } from '#server/platform/database-admin.ts';

export type SchemaEngine = bindings.SchemaEngine;
type SchemaFiles = bindings.SchemasContainer;

/** Runs `work` with an engine on `databaseUrl`. Where it has to play migrations, it does so in a scratch database on the same server. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: SchemaFiles,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const opened: SqlDriverAdapter[] = [];
  const open = async (url: string, afterwards?: () => Promise<void>) => {
    const adapter = await connect(url, afterwards);
    opened.push(adapter);
    return adapter;
  };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(databaseUrl),
    // adapter-pg's own drops the database before it closes its connections, and with a connection string plays in the real database.
    connectToShadowDb: async () => {
      const scratch = await createScratchDatabase(databaseUrl);
      return open(scratch.url, scratch.drop);
    },
  });
  try {
    const datamodels = schema.files.map((file): [string, string] => [file.path, file.content]);
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    for (const adapter of opened) await adapter.dispose();
  }
}

const systemChar = 18;

/** adapter-pg with what the schema engine needs and the client does not; each difference has a comment. */
async function connect(url: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  // The engine was made for one connection: its lock and the session's settings have to hold from one statement to the next.
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
  // adapter-pg refuses columns of the system type "char", of which catalogues are full: they pass it as bpchar and get their type after it.
  const charColumns = new WeakMap<unknown[], Set<number>>();
  const queryWithoutChar = async (config: pg.QueryConfig) => {
    const result = await query(config);
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== systemChar) continue;
      field.dataTypeID = pg.types.builtins.BPCHAR;
      charColumns.set(result.rows, (charColumns.get(result.rows) ?? new Set()).add(index));
    }
    return result;
  };
  Object.assign(pool, { query: queryWithoutChar });
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  let disposed: Promise<void> | undefined;
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (statement) => {
      const result = await adapter.queryRaw(statement);
      const chars = charColumns.get(result.rows);
      if (!chars) return result;
      return { ...result, columnTypes: result.columnTypes.map((type, index) => (chars.has(index) ? ColumnTypeEnum.Character : type)) };
    },
    executeRaw: adapter.executeRaw.bind(adapter),
    startTransaction: adapter.startTransaction.bind(adapter),
    getConnectionInfo: adapter.getConnectionInfo.bind(adapter),
    // adapter-pg's own cuts the script at every semicolon, within functions and strings too, and runs the pieces one by one.
    // Sent whole, the server takes it as one transaction: a migration that fails leaves nothing behind.
    executeScript: async (script) => void (await adapter.executeRaw({ sql: script, args: [], argTypes: [] })),
    // The engine disposes of some connections and forgets others.
    dispose: () => (disposed ??= adapter.dispose().then(afterwards)),
  };
}

let loaded: Promise<void> | undefined;

/** The package's own entry point imports a .wasm file as a module, for bundlers. */
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const wasm = await readFile(
      createRequire(import.meta.url)
        .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
        .replace(/\.js$/, '.wasm'),
    );
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
    // A panic ends the process with nothing but «unreachable»; its message comes here before.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) } });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
  })();
  return loaded;
}
