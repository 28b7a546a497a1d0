import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way to a database, which a test can take away. */
export interface Wire {
  /** The database's address, this way. */
  url: string;
  /** Ends every connection and takes no new ones: a server that is down. */
  cut(): Promise<void>;
  /** Takes connections and passes nothing on: a network that swallows. */
  swallow(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function aWireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let swallows = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => {});
      from.on('data', (bytes) => swallows || to.write(bytes));
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  let port = 0;
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const hangUp = () => {
    for (const socket of open) socket.destroy();
  };
  const shut = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      hangUp();
    });
  await listen();
  port = (server.address() as AddressInfo).port;
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    cut: shut,
    swallow() {
      swallows = true;
    },
    async mend() {
      swallows = false;
      // What was half there stays silent for ever otherwise.
      hangUp();
      if (!server.listening) await listen();
    },
    close: shut,
  };
}
