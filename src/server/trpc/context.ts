import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { App, PersonActor } from '../platform/app.ts';
import { networkOf } from '../platform/limits.ts';
import type { LiveSession } from '../platform/sessions.ts';

/** One HTTP request, as procedures see it. */
export interface Context {
  app: App;
  requestId: string;
  request: RequestInfo;
  /** Reads the session once, however many procedures of a batch ask. */
  session(): Promise<LiveSession | null>;
  setCookie(value: string): void;
}

export interface RequestInfo {
  ip: string;
  /** What limits count by: see `networkOf`. */
  network: string;
  userAgent: string;
  cookie: string | undefined;
  /** The TCP peer is this machine and nothing was forwarded. */
  local: boolean;
}

export function createContext(app: App, req: IncomingMessage & { ip?: string; id?: string }, res: Response, requestId: string): Context {
  let session: Promise<LiveSession | null> | undefined;
  const setCookie = (value: string) => res.append('Set-Cookie', value);
  return {
    app,
    requestId,
    request: requestInfo(req),
    session() {
      session ??= app.sessions.read(req.headers.cookie).then((found) => {
        if (found?.renewedCookie) setCookie(found.renewedCookie);
        return found;
      });
      return session;
    },
    setCookie,
  };
}

export function requestInfo(req: IncomingMessage & { ip?: string }): RequestInfo {
  const ip = req.ip ?? req.socket.remoteAddress ?? '';
  return {
    ip,
    network: networkOf(ip),
    userAgent: req.headers['user-agent'] ?? '',
    cookie: req.headers.cookie,
    local: isLoopback(req.socket.remoteAddress ?? '') && !('x-forwarded-for' in req.headers) && !('forwarded' in req.headers),
  };
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

export function actorOf(session: LiveSession): PersonActor {
  return { kind: 'person', id: session.person.id, role: session.person.role, timeZone: session.person.timeZone };
}
