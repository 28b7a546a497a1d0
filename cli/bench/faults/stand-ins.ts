/** A mail server and the way to a bucket, each with moods. */
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Mood = 'well' | 'down' | 'silent' | 'slow' | 'refusing';

export interface Post {
  env: Record<string, string>;
  /** Letters that were taken: to whom, under which id. */
  taken: { to: string; messageId: string; subject: string }[];
  set(mood: Mood): void;
  close(): Promise<void>;
}

const slowMs = 3_000;

export async function aMoodyPost(): Promise<Post> {
  let mood: Mood = 'well';
  const taken: Post['taken'] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onConnect(_session, done) {
      if (mood === 'silent') return;
      if (mood === 'refusing') done(Object.assign(new Error('try again later'), { responseCode: 421 }));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (mood === 'slow') await pause(slowMs);
        if (mood === 'silent') return;
        if (mood === 'refusing') return done(Object.assign(new Error('4.3.0 no room, try again later'), { responseCode: 451 }));
        const { messageId = '', subject = '' } = await simpleParser(Buffer.concat(chunks));
        for (const { address } of session.envelope.rcptTo) taken.push({ to: address, messageId, subject });
        done();
      });
    },
  });
  // A killed client breaks its connection off.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    if (mood === 'down') socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'school@example.ru' },
    taken,
    set(next) {
      mood = next;
      // What began under the former one is not spared.
      if (next !== 'slow') for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

export interface Front {
  url: string;
  set(mood: Mood): void;
  close(): Promise<void>;
}

/** Hands requests on to a server, as long as its mood is good. */
export async function aMoodyFront(target: string): Promise<Front> {
  let mood: Mood = 'well';
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer(async (req, res) => {
    res.on('error', () => {});
    if (mood === 'down') return void req.socket.destroy();
    if (mood === 'silent') return;
    if (mood === 'refusing') {
      req.resume();
      return void res.writeHead(503, { connection: 'close' }).end('<Error><Code>SlowDown</Code></Error>');
    }
    if (mood === 'slow') await pause(slowMs);
    const onward = request({ hostname, port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => req.socket.destroy());
    req.on('close', () => req.complete || onward.destroy());
    req.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      mood = next;
      if (next !== 'slow') for (const socket of sockets) socket.destroy();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
