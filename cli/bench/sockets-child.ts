/** Browsers with nothing but their sockets, many of them in a process of their own. Started by sockets-client.ts, spoken to by messages. */
import { WebSocket } from 'ws';

/** A socket of somebody; `follow`: a thread whose changes it asks for, `mine`: the hints every tab asks for. Without either it only listens. */
export interface Seat {
  url: string;
  token: string;
  follow?: string;
  mine?: boolean;
}

export type Order = { kind: 'open'; seats: Seat[] } | { kind: 'expect'; text: string } | { kind: 'close' };
/** `at`: when the last of the sockets had it, in milliseconds of this machine's clock. */
export type Report =
  | { kind: 'opened' }
  | { kind: 'seen'; text: string; at: number }
  | { kind: 'closed' }
  | { kind: 'fault'; reason: string };

let sockets: WebSocket[] = [];
let expected: { bytes: Buffer; text: string; missing: number } | null = null;

process.on('message', (order: Order) => {
  if (order.kind === 'expect') expected = { text: order.text, bytes: Buffer.from(order.text), missing: sockets.length };
  else
    void (order.kind === 'open' ? open(order.seats) : close()).catch((error: unknown) => report({ kind: 'fault', reason: String(error) }));
});

async function open(seats: Seat[]): Promise<void> {
  // Not all at once: what is measured is not how fast they come.
  for (let at = 0; at < seats.length; at += 50) await Promise.all(seats.slice(at, at + 50).map(sit));
  report({ kind: 'opened' });
}

async function sit({ url, token, follow, mine }: Seat): Promise<void> {
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, {
    headers: { cookie: `otlichno=${token}`, origin: url },
    perMessageDeflate: false,
  });
  sockets.push(ws);
  await new Promise<void>((resolve, reject) => {
    ws.once('error', reject);
    ws.once('close', (code) => reject(new Error(`a socket was closed with ${code}`)));
    ws.once('open', () => {
      const call = (id: number, path: string, input?: object) =>
        ws.send(JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription', params: { path, input } }));
      if (follow) call(1, 'chat.changes', { threadId: follow, after: 0 });
      if (mine) call(2, 'live.mine');
      if (!follow && !mine) resolve();
    });
    let started = Number(Boolean(follow)) + Number(Boolean(mine));
    ws.on('message', (data: Buffer) => {
      if (started > 0 && data.includes('"started"')) {
        started -= 1;
        if (started === 0) resolve();
      } else if (expected && data.includes(expected.bytes)) {
        expected.missing -= 1;
        if (expected.missing > 0) return;
        report({ kind: 'seen', text: expected.text, at: performance.timeOrigin + performance.now() });
        expected = null;
      } else if (data.includes('"error"')) reject(new Error(data.toString()));
    });
  });
}

async function close(): Promise<void> {
  for (const ws of sockets) {
    ws.removeAllListeners();
    ws.on('error', () => {});
    ws.terminate();
  }
  sockets = [];
  report({ kind: 'closed' });
}

function report(message: Report): void {
  process.send?.(message);
}
