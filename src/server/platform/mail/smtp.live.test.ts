import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { MailError } from '../mail.ts';
import { type SmtpConfig, signedFields, smtpMailer } from './smtp.ts';

const log = createLog('silent');
const letter = { to: 'anna@example.ru', subject: '482913 – код для входа в «Отлично»', text: 'Ваш код: 482913\n\nЩука, объём, ёлка 🎓' };
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Post {
  config: SmtpConfig;
  received: { mail: ParsedMail; raw: string; recipients: string[] }[];
}

/** A real mail server on a free port. */
async function aPost(options: SMTPServerOptions = {}, from = 'Школа «Отлично» <school@example.ru>'): Promise<Post> {
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
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { config: { kind: 'smtp', url: `smtp://127.0.0.1:${port}`, from, dkim: null }, received };
}

/** A server of bare TCP that does what `talk` says. */
async function aBadPost(talk: (socket: Socket) => void): Promise<SmtpConfig> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { kind: 'smtp', url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, from: 'a@example.ru', dkim: null };
}

const timeouts = { connectMs: 150, silenceMs: 150, letterMs: 400 };
function mailer(config: SmtpConfig, given = timeouts) {
  const made = smtpMailer(config, log, given);
  cleanUps.push(() => made.close());
  return made;
}

async function refusal(promise: Promise<void>): Promise<MailError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailError)) throw new Error(`expected a MailError, got ${String(error)}`);
  return error;
}

describe('a letter on its way', () => {
  test('arrives as it was written', async () => {
    const { config, received } = await aPost();
    await mailer(config).send({ ...letter, headers: { 'X-School': 'news' } });
    const mail = received[0]?.mail;
    expect(mail?.subject).toBe(letter.subject);
    expect(mail?.text?.trim()).toBe(letter.text);
    expect(mail?.from?.value).toEqual([{ address: 'school@example.ru', name: 'Школа «Отлично»' }]);
    expect(received[0]?.recipients).toEqual(['anna@example.ru']);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('x-school')).toBe('news');
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.ru>$/);
    expect(mail?.html).toBe(false);
  });

  test('twenty letters share a few connections', async () => {
    let connections = 0;
    const { config, received } = await aPost({
      onConnect(_session, done) {
        connections += 1;
        done();
      },
    });
    const { send } = mailer(config);
    await Promise.all(Array.from({ length: 20 }, (_, index) => send({ ...letter, to: `s${index}@example.ru` })));
    expect(received).toHaveLength(20);
    expect(connections).toBeLessThanOrEqual(5);
  });

  test('the same cause gives the same Message-ID, another cause another', async () => {
    const { config, received } = await aPost();
    const { send } = mailer(config);
    for (const id of ['code:1', 'code:1', 'code:2']) await send({ ...letter, id });
    const ids = received.map(({ mail }) => mail.messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('is signed, with the one-click header among the signed fields', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { config, received } = await aPost();
    const url = `https://school.example.ru/unsubscribe/${'x'.repeat(120)}`;
    await mailer({ ...config, dkim: { domainName: 'example.ru', keySelector: 'mail', privateKey } }).send({
      ...letter,
      headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
    const raw = received[0]?.raw ?? '';
    const signature = /^DKIM-Signature:((?:.|\r\n[ \t])*)/m.exec(raw)?.[1]?.replace(/\s+/g, '') ?? '';
    expect(signature).toContain('d=example.ru;');
    expect(signature).toContain('s=mail;');
    const signed = /;h=([^;]*);/.exec(signature)?.[1]?.toLowerCase().split(':');
    expect(signed).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']));
    expect(signedFields.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(signed ?? []));
    // Not folded: some mailboxes do not put a broken address together again.
    expect(raw).toContain(`List-Unsubscribe: <${url}>\r\n`);
  });
});

describe('what somebody else typed', () => {
  test('a line break in the subject starts no header', async () => {
    const { config, received } = await aPost();
    await mailer(config).send({ ...letter, subject: 'Привет\r\nBcc: eve@example.com\r\n\r\nтело' });
    expect(received[0]?.recipients).toEqual(['anna@example.ru']);
    expect(received[0]?.mail.bcc).toBeUndefined();
    expect(received[0]?.mail.text?.trim()).toBe(letter.text);
  });

  test.each([
    'anna@example.ru\r\nBcc: eve@example.com',
    'anna@example.ru, eve@example.com',
    'Анна <anna@example.ru>',
    'anna@example.ru>\r\nRCPT TO:<eve@example.com',
    'анна@example.ru',
    '',
  ])('%j is no address', async (to) => {
    const { config, received } = await aPost();
    // An invisible character or a line break is taken out when addresses are normalised, so what is left must not pass either.
    expect(await refusal(mailer(config).send({ ...letter, to }))).toMatchObject({ permanent: true });
    expect(received).toEqual([]);
  });

  test.each<Record<string, string>>([
    { 'X-Name': 'a\r\nBcc: eve@example.com' },
    { 'X-Name': 'Анна' },
    { 'X Name': 'a' },
    { 'X-Name\r\nBcc': 'a' },
  ])('%j is no header', async (headers) => {
    const { config, received } = await aPost();
    expect(await refusal(mailer(config).send({ ...letter, headers }))).toMatchObject({ permanent: true });
    expect(received).toEqual([]);
  });
});

describe('a letter that is not taken', () => {
  function refusing(responseCode: number) {
    return (_: unknown, __: unknown, done: (error: Error) => void) => done(Object.assign(new Error('no'), { responseCode }));
  }

  test.each([
    [450, false],
    [451, false],
    [550, true],
    [552, true],
  ])('the address is answered with %d: permanent %s', async (responseCode, permanent) => {
    const { config } = await aPost({ onRcptTo: refusing(responseCode) });
    const error = await refusal(mailer(config).send(letter));
    expect(error).toMatchObject({ permanent });
    expect(error.message).toContain(String(responseCode));
    expect(error.message).not.toContain('anna');
  });

  test.each([
    [452, false],
    [554, true],
  ])('the text is answered with %d: permanent %s', async (responseCode, permanent) => {
    const { config } = await aPost({
      onData(stream, session, done) {
        stream.resume();
        stream.on('end', () => refusing(responseCode)(stream, session, done));
      },
    });
    expect(await refusal(mailer(config).send(letter))).toMatchObject({ permanent });
  });

  test('a wrong password is the fault of the school, not of the letter, and is not repeated in the message', async () => {
    const { config } = await aPost({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong'), { responseCode: 535 })),
    });
    const error = await refusal(mailer({ ...config, url: config.url.replace('//', '//school:pa55word@') }).send(letter));
    expect(error).toMatchObject({ permanent: false });
    expect(`${error.message} ${error.stack}`).not.toContain('pa55word');
  });

  test('nobody listens', async () => {
    const config = await aBadPost(() => {});
    for (const close of cleanUps.splice(0)) await close();
    expect(await refusal(mailer(config).send(letter))).toMatchObject({ permanent: false });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['is silent from the start', () => {}],
    ['cuts the connection', (socket) => socket.destroy()],
    ['cuts the connection after the greeting', (socket) => socket.end('220 hello\r\n')],
    [
      'is silent after the greeting',
      (socket) => {
        socket.write('220 hello\r\n');
      },
    ],
    [
      'trickles',
      (socket) => {
        socket.write('220 hello\r\n');
        const timer = setInterval(() => socket.write('250-more\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('the server %s', async (_, talk) => {
    const config = await aBadPost(talk);
    expect(await refusal(mailer(config).send(letter))).toMatchObject({ permanent: false });
  });

  test('the same letter goes out when the server is back', async () => {
    let up = false;
    const { config, received } = await aPost({
      onConnect: (_session, done) => (up ? done() : done(Object.assign(new Error('busy'), { responseCode: 421 }))),
    });
    const { send } = mailer(config);
    expect(await refusal(send(letter))).toMatchObject({ permanent: false });
    up = true;
    await send(letter);
    expect(received).toHaveLength(1);
  });
});
