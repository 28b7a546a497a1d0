import type { Server } from 'node:http';
import { join } from 'node:path';
import { applyMigrations } from '#prisma/migrate.ts';
import { seedDemo } from '#prisma/seed.ts';
import { clientDirectory, ensureClientBuilt } from './client-build.ts';
import { startMailPump, telegramPump } from './features/notifications/deliver/pump.ts';
import { createHttp } from './http.ts';
import { jobHandlers } from './jobs.ts';
import { liveRouter } from './live-router.ts';
import { openApp } from './open-app.ts';
import { builtClient, type ClientFiles } from './page/serve.ts';
import type { App } from './platform/app.ts';
import type { Config } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { lead } from './platform/leader.ts';
import { createLifecycle, type Lifecycle } from './platform/lifecycle.ts';
import { type Log, openLog } from './platform/log.ts';
import { attachLive } from './trpc/live/attach.ts';
import { type Drain, findPort, openWeb, waitsForProxy } from './web.ts';

export interface RunningServer {
  app: App;
  /** The port that was really taken: PORT=0 takes a free one. */
  port: number;
  /** @param drain how the port is left; see `Drain` */
  stop(drain?: Drain): Promise<void>;
}

export interface ServeOptions {
  config: Config;
  /** Lines for the person who started the server. */
  say: (line: string) => void;
  /** Serves pages from the sources and reloads them as they change. */
  dev?: boolean;
  /** Left out: this process is the whole school. */
  worker?: WorkerPart;
}

/** One of several processes of a machine (workers.ts): what is there once has been seen to by the one that started it. */
export interface WorkerPart {
  databaseUrl: string;
  /** Builds the pages and loads the demo school, where that is to be done; the first one does. */
  prepares: boolean;
  /** Waited for before the port is taken, which others may be serving. */
  mayListen(): Promise<void>;
}

/**
 * Starts the whole school in order: port, database, migrations, demo courses, jobs, pages. What has started is stopped again, in reverse, when a
 * later step fails. A worker takes the port last: those who serve it already would lose visitors to one that is not open yet.
 * @throws StartError with the one line to show
 */
export async function serve({ config: given, say, dev = false, worker }: ServeOptions): Promise<RunningServer> {
  const log = openLog(given);
  const life = createLifecycle(log);
  try {
    const web = openWeb(given, log);
    let drain: Drain = given.trustProxy > 0 ? 'behind-proxy' : 'alone';
    life.onStop('port', () => web.drain('alone'));
    // First of all, so that a taken port is told at once and nothing else has to be undone.
    const port = worker ? given.port : waitsForProxy(given) ? await findPort(given, log) : await web.listen();
    const prepares = worker?.prepares ?? true;
    const pages = dev || !prepares ? Promise.resolve() : ensureClientBuilt(say);
    // Waited for below: a database that is on its way has to be there before it can be stopped.
    pages.catch(() => {});
    const config = atPort(dev ? await devWorld(given, port, life) : given, port);
    const databaseUrl = worker?.databaseUrl ?? (await openDatabaseServer(config, life, log));
    await pages;
    await applyMigrations(databaseUrl, { log: (message) => log.info(message) });
    const { app, close } = await openApp({ config, databaseUrl, log, print: say, worker: worker !== undefined });
    life.onStop('app', close);
    if (config.demo && prepares) await seedDemo(app);
    await app.jobs.work(app, jobHandlers(config));
    await startDelivery(app, databaseUrl, life);
    const client: ClientFiles = dev ? await devClient(web.server, life) : builtClient(clientDirectory);
    web.handle(createHttp(app, client, web.stopping));
    attachLive(web.server, app, { router: liveRouter, stopping: web.stopping });
    // The first to stop: running requests need everything else to the end.
    life.onStop('web', () => web.drain(drain));
    await worker?.mayListen();
    if (!web.server.listening) await web.listen(port);
    return {
      app,
      port,
      stop(asked = drain) {
        drain = asked;
        return life.stop();
      },
    };
  } catch (error) {
    await life.stop();
    throw error;
  }
}

/** Letters go from every process; to Telegram one speaks at a time. */
async function startDelivery(app: App, databaseUrl: string, life: Lifecycle): Promise<void> {
  life.onStop('letters', startMailPump(app));
  const sending = telegramPump(app);
  // The bot is loaded where there is one.
  const bot = sending && (await import('../bot/run.ts')).botDuty(app);
  const duties = [sending, bot].filter((duty) => duty !== null);
  if (duties.length === 0) return;
  const leadership = lead({ databaseUrl, name: 'telegram', log: app.log, duties });
  life.onStop('telegram', leadership.stop);
}

/** Links of a school that takes any free port (PORT=0) name the one that was taken. */
function atPort(config: Config, port: number): Config {
  return config.publicUrl === 'http://localhost:0' ? { ...config, publicUrl: `http://localhost:${port}` } : config;
}

async function openDatabaseServer(config: Config, life: Lifecycle, log: Log): Promise<string> {
  if (config.database.kind === 'external') return config.database.url;
  const postgres = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: (message) => log.info(message) });
  life.onStop('postgres', () => postgres.stop());
  return postgres.url;
}

async function devClient(server: Server, life: Lifecycle): Promise<ClientFiles> {
  const { viteClient } = await import('./dev-client.ts');
  return viteClient(server, life);
}

/** Telegram and the acquirers, played where there are no keys of real ones. */
async function devWorld(config: Config, port: number, life: Lifecycle): Promise<Config> {
  const [{ withTelegram }, { withPayments }] = await Promise.all([import('./dev-telegram.ts'), import('./dev-payments.ts')]);
  return withPayments(await withTelegram(config, life), port, life);
}
