import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { liveClose, liveLimits, livePath } from '#shared/live-rules.ts';
import type { App } from '../../platform/app.ts';
import { networkOf } from '../../platform/limits.ts';
import { requestInfo } from '../context.ts';
import { namesOwnPage } from '../own-page.ts';
import { closeSocket, type LiveRoutes, LiveSocket } from './socket.ts';
import { watchSessions } from './watch.ts';

export interface LiveOptions {
  router: LiveRoutes;
  /** Aborted when the server stops: it closes all sockets, which would otherwise hold it. */
  stopping: AbortSignal;
  /** How often each socket has to prove that somebody is there. */
  pingMs?: number;
  /** How often all sockets are asked for their sessions, beside the hints that tell of their end. */
  lookMs?: number;
  /** Sockets of one address of which it is not known yet whose they are. */
  unknownSockets?: number;
}

/**
 * The WebSocket at `livePath`: subscriptions of `router`, for who is signed in. Sockets without a session are accepted and closed with a code of
 * ours: of a refusal over HTTP a browser learns nothing but that it failed, and would come again and again.
 */
export function attachLive(
  server: Server,
  app: App,
  { router, stopping, pingMs = 20_000, lookMs = 30_000, unknownSockets = liveLimits.unknown }: LiveOptions,
): void {
  const wss = new WebSocketServer({ noServer: true, maxPayload: liveLimits.messageBytes, perMessageDeflate: false });
  const sessions = watchSessions(app, lookMs);
  const silent = new WeakSet<WebSocket>();
  app.metrics.watchSockets(() => wss.clients.size);
  const secure = app.config.publicUrl.startsWith('https:');
  /** By address: sockets whose session is being read, or that are being closed for want of one. */
  const unknown = new Map<string, number>();

  /** @returns says that it is known by now, or gone */
  function enter(network: string): () => void {
    unknown.set(network, (unknown.get(network) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const left = (unknown.get(network) ?? 1) - 1;
      if (left > 0) unknown.set(network, left);
      else unknown.delete(network);
    };
  }

  async function open(ws: WebSocket, req: IncomingMessage, isKnown: () => void): Promise<void> {
    ws.once('close', isKnown);
    ws.on('error', () => {});
    ws.on('pong', () => silent.delete(ws));
    // What the browser says meanwhile is heard afterwards.
    ws.pause();
    const session = await sessions.admit(req.headers.cookie).catch((error: unknown) => {
      app.log.error({ err: error }, 'a socket could not be opened');
      return null;
    });
    ws.resume();
    if (stopping.aborted || ws.readyState !== ws.OPEN) return;
    if (session === null) return closeSocket(ws, 1011);
    if (session === 'none') return closeSocket(ws, liveClose.session);
    if (session === 'blocked') return closeSocket(ws, liveClose.blocked);
    const socket = new LiveSocket(ws, {
      app,
      router,
      session,
      request: requestInfo(Object.assign(req, { ip: addressOf(req, app.config.trustProxy) })),
      trusted: sessions.trusted,
    });
    // By itself, so that nothing it asks for until it has gone begins.
    if (!sessions.add(socket)) return socket.end(liveClose.flood);
    isKnown();
    ws.once('close', () => sessions.remove(socket));
  }

  function onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const network = networkOf(addressOf(req, app.config.trustProxy));
    if (req.url?.split('?')[0] !== livePath) {
      // In development Vite takes what is its own.
      if (server.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found');
    } // A proxy that hears this asks another server (web.ts).
    else if (stopping.aborted) refuse(socket, '502 Bad Gateway');
    else if (!namesOwnPage(req, secure)) refuse(socket, '403 Forbidden');
    else if ((unknown.get(network) ?? 0) >= unknownSockets) refuse(socket, '429 Too Many Requests');
    else wss.handleUpgrade(req, socket, head, (ws) => void open(ws, req, enter(network)));
  }
  server.on('upgrade', onUpgrade);

  // Half-open connections are noticed by nobody else: nothing arrives, and nothing that is sent comes back.
  const pings = setInterval(() => {
    for (const ws of wss.clients) {
      if (silent.has(ws)) ws.terminate();
      else {
        silent.add(ws);
        ws.ping();
      }
    }
  }, pingMs);

  const stop = () => {
    clearInterval(pings);
    sessions.close();
    for (const ws of wss.clients) closeSocket(ws, liveClose.stopping);
  };
  if (stopping.aborted) stop();
  else stopping.addEventListener('abort', stop, { once: true });
}

/** As Express counts: so many proxies from here on are believed, each of which names the one before it. */
function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const named = String(headers['x-forwarded-for'] ?? '').split(',');
  const chain = [socket.remoteAddress ?? '', ...named.map((address) => address.trim()).reverse()].filter(Boolean);
  return chain[Math.min(proxies, chain.length - 1)] ?? '';
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
