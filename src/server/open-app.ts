import { join } from 'node:path';
import { applyMigrations } from '#prisma/migrate.ts';
import { isSecure } from './features/auth/cookies.ts';
import type { HealthParts } from './features/health/check.ts';
import { jobHandlers } from './jobs.ts';
import { loadConfig } from './load-config.ts';
import type { App } from './platform/app.ts';
import { openBus } from './platform/bus.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Db, openDatabase } from './platform/db.ts';
import { attachEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { openJobs } from './platform/jobs.ts';
import { createLimits } from './platform/limits.ts';
import { type Log, openLog } from './platform/log.ts';
import { createMailer } from './platform/mail/create-mailer.ts';
import type { Mailer } from './platform/mail.ts';
import { createMarkdown } from './platform/markdown.ts';
import { createMetrics } from './platform/metrics.ts';
import type { Payments } from './platform/payments.ts';
import { createSecrets, secretFromDataDir } from './platform/secrets.ts';
import { createSessions } from './platform/sessions.ts';
import { openStorage } from './platform/storage/open.ts';
import type { Telegram } from './platform/telegram.ts';

export interface AppParts {
  config: Config;
  databaseUrl: string;
  log: Log;
  clock?: Clock;
  /** Instead of the mailer the configuration asks for. */
  mail?: Mailer;
  /** Where letters are shown when none are really sent. */
  print?: (text: string) => void;
  /** This process is one of several that one process of this machine has started (workers.ts): limits are counted by that one. */
  worker?: boolean;
}

export interface OpenedApp {
  app: App;
  /** Ends everything the app holds open; running jobs are waited for. */
  close(): Promise<void>;
}

/** Puts the App together over a database whose migrations are applied. The only place where its parts are chosen. */
export async function openApp({
  config,
  databaseUrl,
  log,
  clock = systemClock,
  mail,
  print = () => {},
  worker = false,
}: AppParts): Promise<OpenedApp> {
  const secret = config.secret ?? (await secretFromDataDir(config.dataDir));
  const database = openDatabase(databaseUrl, config.databasePool);
  const jobs = await openJobs(
    databaseUrl,
    jobHandlers(config).map((handler) => handler.kind),
    log,
  );
  const bus = openBus(databaseUrl, database.pool, log);
  const mailer = mail ?? createMailer(config.mail, config.dataDir, log, print);
  const app: App = {
    config,
    log,
    bus,
    clock,
    db: database.db,
    pool: database.pool,
    jobs,
    limits: createLimits(database.pool, config.chatMessagesPerMinute, worker),
    mail: mailer,
    markdown: createMarkdown({ siteUrl: config.publicUrl }),
    metrics: createMetrics(),
    payments: await openPayments(config),
    secrets: createSecrets(secret),
    sessions: createSessions(database.pool, { secure: isSecure(config), clock }),
    storage: await openStorage(config),
    telegram: await openTelegram(config, database.db),
  };
  app.metrics.watchPool(database.pool);
  return {
    app,
    async close() {
      await jobs.stop();
      await bus.close();
      await mailer.close();
      await app.telegram?.close();
      await database.close();
    },
  };
}

async function openPayments({ payments }: Config): Promise<Payments | null> {
  // Loaded where something is sold.
  return payments && (await import('./platform/payments/create-payments.ts')).createPayments(payments);
}

async function openTelegram({ telegram }: Config, db: Db): Promise<Telegram | null> {
  // Loaded where there is a bot.
  return telegram && (await import('./platform/telegram/create-telegram.ts')).createTelegram(telegram, db);
}

/** What `npm run doctor` looks at: nothing of it is changed, no migration, no queue. The database may be away. */
export async function openHealthParts(config: Config, databaseUrl: string): Promise<{ parts: HealthParts; close(): Promise<void> }> {
  const { pool, close } = openDatabase(databaseUrl, 4);
  return { parts: { config, pool, clock: systemClock, storage: await openStorage(config), payments: await openPayments(config) }, close };
}

/**
 * An App for a command of cli/: over the database of the running school, or over one started for the command. It works off no jobs: what the
 * command enqueues is done by the school, at once or when it starts next.
 * @throws ConfigError, StartError with the one line to show
 */
export async function openCliApp(): Promise<OpenedApp> {
  const config = loadConfig();
  // A command's output is read by a person: only what went wrong belongs beside it.
  const log = openLog(config, config.logLevel === 'info' ? 'warn' : config.logLevel);
  const { url, stop } =
    config.database.kind === 'external'
      ? { url: config.database.url, stop: async () => {} }
      : await attachEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: (message) => log.info(message) });
  try {
    await applyMigrations(url, { log: (message) => log.info(message) });
    const { app, close } = await openApp({ config, databaseUrl: url, log });
    return {
      app,
      async close() {
        await close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
