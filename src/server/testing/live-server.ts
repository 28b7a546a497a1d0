import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { createHttp } from '../http.ts';
import { liveRouter } from '../live-router.ts';
import { builtClient } from '../page/serve.ts';
import type { App } from '../platform/app.ts';
import type { AppRouter } from '../router.ts';
import { asksForSocket } from '../trpc/live/asks-for-socket.ts';
import { attachLive, type LiveOptions } from '../trpc/live/attach.ts';

export interface LiveServer {
  url: string;
  /** What a stop begins with: no new requests, sockets are closed with `liveClose.stopping`. */
  stop(): void;
  close(): Promise<void>;
}

/** The whole site over HTTP on a free port, with a page and a script in place of the built client. */
export async function aLiveServer(app: App, live: Partial<LiveOptions> = {}): Promise<LiveServer> {
  const client = await mkdtemp(join(tmpdir(), 'otlichno-client-'));
  await mkdir(join(client, 'assets'));
  await writeFile(join(client, 'index.html'), '<!doctype html><title>Отлично</title><meta property="csp-nonce" nonce="__NONCE__" />');
  await writeFile(join(client, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(client, 'assets/app-1a2b3c.js'), 'export {};');
  const stopping = new AbortController();
  const server = createServer({ shouldUpgradeCallback: asksForSocket }, createHttp(app, builtClient(client), stopping.signal));
  attachLive(server, app, { router: liveRouter, stopping: stopping.signal, ...live });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => stopping.abort(),
    async close() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(client, { recursive: true });
    },
  };
}

export interface WebBrowser {
  /** A request as the site's own page makes it: with the cookies and, when it changes something, the origin. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  rpc: TRPCClient<AppRouter>;
  cookies: Map<string, string>;
}

/** A browser with its cookies, at one of the servers of a school. */
export function aWebBrowser(url: string, cookie?: string): WebBrowser {
  const cookies = new Map<string, string>();
  const keep = (line: string) => {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  };
  if (cookie) keep(cookie);
  const go = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0 && !headers.has('cookie'))
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (init.method === 'POST' && !headers.has('origin')) headers.set('origin', url);
    const answer = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) keep(line);
    return answer;
  };
  const rpc = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, fetch: (input, init) => go(String(input), init as RequestInit) })],
  });
  return { fetch: go, rpc, cookies };
}
