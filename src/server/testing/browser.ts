import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { liveRouter } from '../live-router.ts';
import type { App } from '../platform/app.ts';
import { appRouter } from '../router.ts';
import { createContext } from '../trpc/context.ts';
import { t } from '../trpc/init.ts';
import { aMachine } from './world.ts';

const callerOf = t.createCallerFactory(appRouter);
const streamsOf = t.createCallerFactory(liveRouter);

export interface Browser {
  /** The procedures; each call is a request of its own with the cookies of this browser. */
  call: ReturnType<typeof callerOf>;
  /** The subscriptions; they end with the signal. */
  streams(signal: AbortSignal): ReturnType<typeof streamsOf>;
  /** Name → value, as the answers set them. */
  cookies: Map<string, string>;
  /** Every Set-Cookie line that came, oldest first. */
  received: string[];
}

/** A browser that speaks to the procedures without HTTP. By default it stands at a machine of its own, so that limits do not meet. */
export function aBrowser(app: App, options: { cookie?: string; ip?: string } = {}): Browser {
  const cookies = new Map<string, string>();
  const received: string[] = [];
  const { ip, userAgent } = { ...aMachine(), ...options };
  const keep = (line: string) => {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  };
  if (options.cookie) keep(options.cookie);
  const append = (_name: string, line: string) => {
    received.push(line);
    keep(line);
  };
  const newContext = () => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') || undefined;
    // What the context takes of a request and of an answer.
    const req = { ip, headers: { cookie, 'user-agent': userAgent }, socket: { remoteAddress: ip } } as IncomingMessage & { ip: string };
    return createContext(app, req, { append } as unknown as Response, 'test');
  };
  return { call: callerOf(newContext), streams: (signal) => streamsOf(newContext, { signal }), cookies, received };
}
