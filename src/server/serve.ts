import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { applyMigrations } from '#prisma/migrate.ts';
import { seedDemo } from '#prisma/seed.ts';
import { uploadsPath } from '#shared/files.ts';
import { clientDirectory, ensureClientBuilt } from './client-build.ts';
import { startMailPump, telegramPump } from './features/notifications/deliver/pump.ts';
import { builtClient, type ClientFiles, createHttp } from './http.ts';
import { jobHandlers } from './jobs.ts';
import { liveRouter } from './live-router.ts';
import { openApp } from './open-app.ts';
import type { App } from './platform/app.ts';
import type { Config } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { lead } from './platform/leader.ts';
import { createLifecycle, type Lifecycle } from './platform/lifecycle.ts';
import { createLog, type Log } from './platform/log.ts';
import { StartError } from './platform/start-error.ts';
import { asksForSocket, attachLive } from './trpc/live/attach.ts';

export interface RunningServer {
  app: App;
  /** The port that was really taken: PORT=0 takes a free one. */
  port: number;
  stop(): Promise<void>;
}

export interface ServeOptions {
  config: Config;
  /** Lines for the person who started the server. */
  say: (line: string) => void;
  /** Serves pages from the sources and reloads them as they change. */
  dev?: boolean;
}

/**
 * Starts the whole school in order: port, database, migrations, demo courses, jobs, pages. What has started is stopped again, in reverse, when a
 * later step fails.
 * @throws StartError with the one line to show
 */
export async function serve({ config: given, say, dev = false }: ServeOptions): Promise<RunningServer> {
  const log = createLog(given.logLevel);
  const life = createLifecycle(log);
  try {
    // First of all, so that a taken port is told at once and nothing else has to be undone.
    const web = await listen(given, life, log);
    const pages = dev ? Promise.resolve() : ensureClientBuilt(say);
    // Waited for below: a database that is on its way has to be there before it can be stopped.
    pages.catch(() => {});
    const config = atPort(dev ? await devWorld(given, web.port, life) : given, web.port);
    const databaseUrl = await openDatabaseServer(config, life, log);
    await pages;
    await applyMigrations(databaseUrl, { log: (message) => log.info(message) });
    const { app, close } = await openApp({ config, databaseUrl, log, print: say });
    life.onStop('app', close);
    if (config.demo) await seedDemo(app);
    await app.jobs.work(app, jobHandlers(config));
    await startDelivery(app, databaseUrl, life);
    const client: ClientFiles = dev ? await devClient(web.server, life) : builtClient(clientDirectory);
    web.handle(createHttp(app, client, web.stopping));
    attachLive(web.server, app, { router: liveRouter, stopping: web.stopping });
    // The first to stop: running requests need everything else to the end.
    life.onStop('web', web.drain);
    return { app, port: web.port, stop: () => life.stop() };
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

const drainMs = 10_000;

interface Web {
  server: Server;
  port: number;
  /** Until this is called every request hears that the school is about to open. */
  handle(listener: RequestListener): void;
  /** No new request, the running ones to their end, idle connections at once. */
  drain(): Promise<void>;
  /** Aborted when that begins, for requests whose end is far off. */
  stopping: AbortSignal;
}

/** Takes the port. */
async function listen(config: Config, life: Lifecycle, log: Log): Promise<Web> {
  let handler: RequestListener = (_req, res) => {
    res
      .writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain; charset=utf-8' })
      .end('Школа открывается, обновите страницу через минуту.\n');
  };
  // How long a request may take to arrive is decided by what it is: Node knows one time for all.
  const shouldUpgradeCallback = (req: IncomingMessage): boolean => asksForSocket(req) && server.listenerCount('upgrade') > 0;
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000, shouldUpgradeCallback },
    (req, res) => {
      limitArrival(req);
      // While the server stops, a connection ends with the request that ran on it instead of being kept for the next.
      res.on('close', () => setImmediate(() => server.listening || server.closeIdleConnections()));
      handler(req, res);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  life.onStop('port', () => drain(server, log));
  const stopping = new AbortController();
  return {
    server,
    stopping: stopping.signal,
    drain() {
      stopping.abort();
      return drain(server, log);
    },
    port: (server.address() as AddressInfo).port,
    handle(listener) {
      handler = listener;
    },
  };
}

const arrivalMs = 60_000;

/** A body that trickles in holds a connection: it gets a minute. Files get as long as they take, and are cut off when they fall silent. */
function limitArrival(req: IncomingMessage): void {
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = req.headers;
  if ((length === '0' && chunked === undefined) || req.url?.startsWith(`${uploadsPath}/`)) return;
  const timer = setTimeout(() => req.socket.destroy(), arrivalMs);
  req.once('close', () => clearTimeout(timer));
}

function portError(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${config.port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`);
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${config.port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`);
  if (error.code === 'EADDRNOTAVAIL') return new StartError(`HOST ${config.host} is no address of this machine.`);
  return error;
}

async function drain(server: Server, log: Log): Promise<void> {
  const timer = setTimeout(() => {
    log.warn('requests that ran too long were cut off');
    server.closeAllConnections();
  }, drainMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
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
