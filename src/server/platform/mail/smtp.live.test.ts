import { generateKeyPairSync } from 'node:crypto';
import type { Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { checkDkim } from '../../testing/dkim.ts';
import { openBadPost, openPost, type Post } from '../../testing/mail-server.ts';
import { createLog } from '../log.ts';
import { MailError } from '../mail.ts';
import { type SmtpConfig, signedFields, smtpMailer } from './smtp.ts';

const log = createLog('silent');
const letter = { to: 'anna@example.ru', subject: '482913 – код для входа в «Отлично»', text: 'Ваш код: 482913\n\nЩука, объём, ёлка 🎓' };
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function aPost(options: SMTPServerOptions = {}): Promise<Post> {
  const post = await openPost(options);
  cleanUps.push(post.close);
  return post;
}

async function aBadPost(talk: (socket: Socket) => void): Promise<SmtpConfig> {
  const post = await openBadPost(talk);
  cleanUps.push(post.close);
  return post.config;
}

/** For servers that do not answer. */
const short = { connectMs: 150, silenceMs: 150, letterMs: 400 };
const long = { connectMs: 10_000, silenceMs: 10_000, letterMs: 20_000 };
function mailer(config: SmtpConfig, given = long) {
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

  test('has an HTML part beside the text, and the pictures that it shows', async () => {
    const { config, received } = await aPost();
    const picture = { cid: 'week.png@letter', filename: 'week.png', content: Buffer.from('not really a PNG'), contentType: 'image/png' };
    const html = '<!doctype html><html lang="ru"><body><p>Щука, объём 🎓</p><img src="cid:week.png@letter" alt=""></body></html>';
    const { send } = mailer(config);
    await send({ ...letter, html });
    await send({ ...letter, html, attachments: [picture] });
    const [plain, pictured] = received;
    expect(plain?.raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(plain?.mail.html).toBe(html);
    expect(plain?.mail.text?.trim()).toBe(letter.text);
    // Text first: programs show the last part that they can show.
    expect(plain?.raw.indexOf('text/plain')).toBeLessThan(plain?.raw.indexOf('text/html') ?? 0);
    expect(pictured?.raw).toMatch(/multipart\/alternative;[\s\S]*text\/plain[\s\S]*multipart\/related;[\s\S]*text\/html[\s\S]*image\/png/);
    expect(pictured?.mail.attachments).toEqual([
      expect.objectContaining({
        cid: picture.cid,
        filename: 'week.png',
        contentDisposition: 'inline',
        content: picture.content,
        related: true,
      }),
    ]);
  });

  test('is signed as a whole, with the one-click header among the signed fields', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { config, received } = await aPost();
    const url = `https://school.example.ru/unsubscribe/${'x'.repeat(120)}`;
    await mailer({ ...config, dkim: { domainName: 'example.ru', keySelector: 'mail', privateKey } }).send({
      ...letter,
      html: `<p>${'Щука, объём, ёлка '.repeat(40)}</p>\n\n`,
      headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
    const raw = received[0]?.raw ?? '';
    const { tags, problem } = checkDkim(raw, publicKey);
    expect(problem).toBeNull();
    expect(tags).toMatchObject({ d: 'example.ru', s: 'mail', a: 'rsa-sha256' });
    const signed = tags.h?.toLowerCase().split(':');
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'content-type', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
    expect(signedFields.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(signed ?? []));
    // Not folded: some mailboxes do not put a broken address together again.
    expect(raw).toContain(`List-Unsubscribe: <${url}>\r\n`);
    expect(checkDkim(raw.replace('One-Click', 'One-Click-'), publicKey).problem).toBe('headers');
    expect(checkDkim(`${raw}more`, publicKey).problem).toBe('body');
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
  function refusing(responseCode: number, message = 'no') {
    return (_: unknown, __: unknown, done: (error: Error) => void) => done(Object.assign(new Error(message), { responseCode }));
  }
  function refusingText(responseCode: number, message?: string): SMTPServerOptions {
    return {
      onData(stream, session, done) {
        stream.resume();
        stream.on('end', () => refusing(responseCode, message)(stream, session, done));
      },
    };
  }

  test.each([
    [450, '4.2.1 Try later', { permanent: false, refusal: { code: 450, status: '4.2.1', about: 'letter' } }],
    [451, 'no', { permanent: false, refusal: { code: 451, status: null, about: 'letter' } }],
    [
      550,
      '5.1.1 <anna@example.ru>: User unknown',
      { permanent: true, addressIsDead: true, refusal: { code: 550, status: '5.1.1', about: 'address' } },
    ],
    [552, '5.2.2 Quota exceeded', { permanent: true, addressIsDead: false, refusal: { code: 552, status: '5.2.2', about: 'letter' } }],
  ])('the address is answered with %d %s', async (responseCode, message, expected) => {
    const { config } = await aPost({ onRcptTo: refusing(responseCode, message) });
    const error = await refusal(mailer(config).send(letter));
    expect(error).toMatchObject(expected);
    expect(error.message).toContain(String(responseCode));
    expect(error.message).not.toContain('anna');
  });

  test.each([
    [452, 'no', { permanent: false, refusal: { about: 'letter' } }],
    [
      554,
      '5.7.1 Message rejected under suspicion of SPAM',
      { permanent: true, addressIsDead: false, refusal: { status: '5.7.1', about: 'letter' } },
    ],
    [
      550,
      'Message was not accepted -- invalid mailbox. Local mailbox anna@example.ru is unavailable: user not found',
      { addressIsDead: true },
    ],
  ])('the text is answered with %d %s', async (responseCode, message, expected) => {
    const { config } = await aPost(refusingText(responseCode, message));
    expect(await refusal(mailer(config).send(letter))).toMatchObject(expected);
  });

  test('a sender the server does not know is the fault of the school', async () => {
    const { config } = await aPost({ onMailFrom: refusing(553, '5.7.1 Sender address rejected: not owned by user') });
    expect(await refusal(mailer(config).send(letter))).toMatchObject({ permanent: false, refusal: { code: 553, about: 'school' } });
  });

  test('a wrong password is the fault of the school, not of the letter, and is not repeated in the message', async () => {
    const { config } = await aPost({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong'), { responseCode: 535 })),
    });
    const error = await refusal(mailer({ ...config, url: config.url.replace('//', '//school:pa55word@') }).send(letter));
    expect(error).toMatchObject({ permanent: false, refusal: { code: 535, about: 'school' } });
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
    expect(await refusal(mailer(config, short).send(letter))).toMatchObject({ permanent: false });
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
