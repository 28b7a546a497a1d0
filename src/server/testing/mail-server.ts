import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SmtpConfig } from '../platform/mail/smtp.ts';

/** What tests of mail talk to. */
export interface Post {
  config: SmtpConfig;
  received: { mail: ParsedMail; raw: string; recipients: string[] }[];
  close(): Promise<void>;
}

/** A real mail server on a free port. */
export async function openPost(options: SMTPServerOptions): Promise<Post> {
  const received: Post['received'] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        received.push({
          mail: await simpleParser(raw),
          raw: raw.toString('latin1'),
          recipients: session.envelope.rcptTo.map(({ address }) => address),
        });
        done();
      });
    },
    ...options,
  });
  // A connection that the client cuts off is an error for the server.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    config: { kind: 'smtp', url: `smtp://127.0.0.1:${port}`, from: 'Школа «Отлично» <school@example.ru>', dkim: null },
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A server of bare TCP that does what `talk` says. */
export async function openBadPost(talk: (socket: Socket) => void): Promise<Pick<Post, 'config' | 'close'>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    config: { kind: 'smtp', url: `smtp://127.0.0.1:${port}`, from: 'a@example.ru', dkim: null },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
