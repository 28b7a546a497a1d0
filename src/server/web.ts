/** The port: taken, served, and left in such a way that nobody who asks meanwhile goes away without an answer. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { uploadsPath } from '#shared/upload-rules.ts';
import type { Config } from './platform/config.ts';
import type { Log } from './platform/log.ts';
import { StartError } from './platform/start-error.ts';
import { asksForSocket } from './trpc/live/asks-for-socket.ts';

export interface Web {
  server: Server;
  /** Until this is called every request hears that the school is about to open. */
  handle(listener: RequestListener): void;
  /**
   * Takes the port.
   * @param port instead of the configured one
   * @returns the one that was really taken: PORT=0 takes a free one
   * @throws StartError
   */
  listen(port?: number): Promise<number>;
  /** No new request, the running ones to their end. Once, however often it is called. */
  drain(why?: Drain): Promise<void>;
  /** Aborted when that begins, for requests whose end is far off. */
  stopping: AbortSignal;
}

/**
 * - `alone`: nobody stands in front who could send people elsewhere, so the port is closed at once.
 * - `behind-proxy`: a proxy is told first, so that it sends people to another server of the school.
 * - `beside-others`: other processes of this machine go on serving the port.
 */
export type Drain = 'alone' | 'behind-proxy' | 'beside-others';

/**
 * A proxy finds another server where nobody listens, and asks it whatever it was; an answer that the school is about to open it would pass on for all that
 * changes something.
 */
export const waitsForProxy = ({ trustProxy }: Pick<Config, 'trustProxy'>): boolean => trustProxy > 0;

/** Requests that run longer are cut off. */
const drainMs = 10_000;
/**
 * How long a connection that is kept for the next request stays open after the last «Connection: close» was said, and how long a proxy is told to go
 * elsewhere before the port is closed. Closing at once would meet requests that are on their way already, and of those a proxy may not repeat
 * what changes something.
 */
const lingerMs = 1_000;
const arrivalMs = 60_000;

export function openWeb(config: Pick<Config, 'port' | 'host'>, log: Log): Web {
  let handler: RequestListener = (_req, res) => sayUnavailable(res, 'Школа открывается, обновите страницу через минуту.\n');
  const stopping = new AbortController();
  const running = new Set<ServerResponse>();
  let sendsElsewhere = false;
  let closesIdle = false;
  let drained: Promise<void> | undefined;

  // How long a request may take to arrive is decided by what it is: Node knows one time for all.
  const shouldUpgradeCallback = (req: IncomingMessage): boolean => asksForSocket(req) && server.listenerCount('upgrade') > 0;
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000, shouldUpgradeCallback },
    (req, res) => {
      limitArrival(req);
      running.add(res);
      res.on('close', () => {
        running.delete(res);
        // While the server stops, a connection ends with the request that ran on it instead of being kept for the next.
        setImmediate(() => closesIdle && server.closeIdleConnections());
      });
      if (stopping.signal.aborted) res.shouldKeepAlive = false;
      // What only reads may be asked for at another server, and a proxy that hears this does so, and goes there from now on.
      if (sendsElsewhere && (req.method === 'GET' || req.method === 'HEAD'))
        sayUnavailable(res, 'Сервер перезапускается.\n', elsewhereStatus);
      else handler(req, res);
    },
  );

  async function drain(why: Drain): Promise<void> {
    stopping.abort();
    for (const res of running) res.shouldKeepAlive = false;
    if (why === 'behind-proxy') {
      sendsElsewhere = true;
      await pause(lingerMs);
    }
    const timer = setTimeout(() => {
      log.warn('requests that ran too long were cut off');
      server.closeAllConnections();
    }, drainMs);
    // Of an HTTP server `close` would end idle connections in the same moment.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    if (why === 'beside-others') await Promise.race([closed, pause(lingerMs)]);
    closesIdle = true;
    // Of its own accord Node goes on looking for connections that are late.
    server.close();
    server.closeIdleConnections();
    await closed;
    clearTimeout(timer);
  }

  return {
    server,
    stopping: stopping.signal,
    handle(listener) {
      handler = listener;
    },
    async listen(port = config.port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, config)));
        server.listen(port, config.host, resolve);
      });
      return (server.address() as AddressInfo).port;
    },
    drain(why = 'alone') {
      drained ??= server.listening ? drain(why) : Promise.resolve();
      return drained;
    },
  };
}

/**
 * Is the port free? Told at once, and nothing is left there.
 * @returns the port; PORT=0 finds a free one
 * @throws StartError
 */
export async function findPort(config: Pick<Config, 'port' | 'host'>, log: Log): Promise<number> {
  const probe = openWeb(config, log);
  const port = await probe.listen();
  await probe.drain();
  return port;
}

/** Of the status codes that make a proxy ask another server, one that nothing else of the school has: a 503 of its own may mean that the database is gone for all. */
export const elsewhereStatus = 502;

function sayUnavailable(res: ServerResponse, text: string, status = 503): void {
  res
    .writeHead(status, {
      'retry-after': '2',
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .end(text);
}

/** A body that trickles in holds a connection: it gets a minute. Files get as long as they take, and are cut off when they fall silent. */
function limitArrival(req: IncomingMessage): void {
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = req.headers;
  if ((length === '0' && chunked === undefined) || req.url?.startsWith(`${uploadsPath}/`)) return;
  const timer = setTimeout(() => req.socket.destroy(), arrivalMs);
  req.once('close', () => clearTimeout(timer));
}

function portError(error: NodeJS.ErrnoException, { port, host }: Pick<Config, 'port' | 'host'>): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`);
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`);
  if (error.code === 'EADDRNOTAVAIL') return new StartError(`HOST ${host} is no address of this machine.`);
  return error;
}
