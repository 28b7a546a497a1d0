import { WebSocket } from 'ws';
import { liveClose, livePath } from '#shared/live-rules.ts';
import type { Deeds } from './deeds.ts';

export interface Listener {
  close(): void;
}

interface Parts {
  url: string;
  cookie: string;
  threadId: string;
  deeds: Deeds;
}

/** As the page comes back (src/client/lib/live): soon where the server said that it stops, else after up to a second. */
const backAfterMs = (code: number) => (code === liveClose.stopping ? 200 + Math.random() * 200 : 500 + Math.random() * 500);

/** Follows a thread over one socket after the other, behind the last change it has seen. Resolves when it follows for the first time. */
export async function listen({ url, cookie, threadId, deeds }: Parts): Promise<Listener> {
  let closed = false;
  let rev = 0;
  let socket: WebSocket | undefined;
  let lost: { code: number; at: number } | null = null;
  const first = Promise.withResolvers<void>();

  function connect(): void {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}${livePath}`, { headers: { cookie, origin: url }, perMessageDeflate: false });
    socket = ws;
    ws.on('error', () => {});
    ws.on('open', () =>
      ws.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'chat.changes', input: { threadId, after: rev } } })),
    );
    ws.on('message', (data) => hear(JSON.parse(String(data))));
    ws.on('close', (code) => {
      if (closed) return;
      lost ??= { code, at: performance.now() };
      setTimeout(connect, backAfterMs(code));
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: what the server says, of which three fields are looked at
  function hear({ result, error }: any): void {
    if (error) deeds.failures.push(`a socket heard ${JSON.stringify(error).slice(0, 200)}`);
    if (result?.type === 'started') {
      first.resolve();
      if (lost) deeds.closings.push({ code: lost.code, backMs: performance.now() - lost.at });
      lost = null;
    }
    if (result?.type !== 'data') return;
    rev = Math.max(rev, Number(result.data.id));
    if (result.data.data.clientId) deeds.heard.add(result.data.data.clientId);
  }

  connect();
  await first.promise;
  return {
    close() {
      closed = true;
      socket?.terminate();
    },
  };
}
