/** Somebody who speaks to the school and keeps asking until it has said yes or no. */
import { setTimeout as pause } from 'node:timers/promises';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { appError, refusalOf } from '#client/lib/errors.ts';
import type { AppRouter } from '#server/router.ts';

/** What a browser waits (src/client/lib/trpc.ts). */
const answerMs = 15_000;
const againMs = [500, 1500] as const;

/** How requests were answered, over all visitors. */
export interface Heard {
  answered: number;
  /** The connection broke, or nobody took it: the process was killed. */
  broken: number;
  /** The school said that it cannot at the moment, in so many words. */
  away: number;
  /** Nothing was heard within the time that a browser waits. */
  silent: string[];
  /** Faults that nobody thought of (500). */
  unexpected: string[];
  /** Refused for good, which the crowd gives no reason for. */
  refused: string[];
  slowestMs: number;
}

export const nothingHeard = (): Heard => ({ answered: 0, broken: 0, away: 0, silent: [], unexpected: [], refused: [], slowestMs: 0 });

export interface Visitor {
  rpc: TRPCClient<AppRouter>;
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** Until it is answered. Null: refused. */
  insist<T>(name: string, call: () => Promise<T>): Promise<T | null>;
}

/** @param isOver nobody insists any more */
export function aVisitor(url: string, heard: Heard, isOver: () => boolean, cookie?: string): Visitor {
  const cookies = new Map(cookie ? [[cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]] : []);
  // Each comes from a network of its own, for networks are limited.
  const network = `10.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;

  async function go(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('origin', url);
    headers.set('x-forwarded-for', network);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const at = performance.now();
    try {
      const response = await fetch(new URL(path, url), { ...init, headers, signal: AbortSignal.timeout(answerMs) });
      for (const line of response.headers.getSetCookie()) keep(line);
      heard.slowestMs = Math.max(heard.slowestMs, performance.now() - at);
      if (response.status === 503) heard.away += 1;
      else if (response.status === 500) heard.unexpected.push(`${path.split('?')[0]} ${(await response.clone().text()).slice(0, 200)}`);
      else heard.answered += 1;
      return response;
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') heard.silent.push(`${new Date().toISOString()} ${path.split('?')[0]}`);
      else heard.broken += 1;
      throw error;
    }
  }

  function keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }

  return {
    fetch: go,
    rpc: createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${url}/trpc`, fetch: (input, init) => go(String(input), init as RequestInit) })],
    }),
    async insist(name, call) {
      while (!isOver()) {
        try {
          return await call();
        } catch (error) {
          const refusal = refusalOf(error);
          if (refusal && refusal.code !== 'UNEXPECTED' && refusal.code !== 'AUTH_RATE_LIMITED') {
            heard.refused.push(`${name} ${refusal.code}`);
            return null;
          }
          const [least, most] = againMs;
          await pause(appError(error)?.code === 'AUTH_RATE_LIMITED' ? 5_000 : least + Math.random() * (most - least));
        }
      }
      return null;
    },
  };
}
