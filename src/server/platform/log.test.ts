import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { createLog, logOutput, readable, scrubber, secretsOf } from './log.ts';

/** What the log writes for an object, as text. */
function written(fields: object): string {
  const lines = new PassThrough();
  createLog('info', lines).info(fields, 'something happened');
  return String(lines.read());
}

const secret = 'S3CR3T-482913';

describe('no secret reaches the log', () => {
  test.each([
    ['a code', { code: secret }],
    ['a password', { password: secret }],
    ['its hash', { person: { passwordHash: secret } }],
    ['the hash of a code', { row: { codeHash: secret } }],
    ['a cookie of a request', { req: { headers: { cookie: secret } } }],
    ['a cookie of an answer', { res: { headers: { 'set-cookie': [secret] } } }],
    ['a key to somewhere', { req: { headers: { authorization: secret } } }],
    ['the secret of the school', { config: { secret } }],
    ['a token in a list', { sessions: [{ token: secret }] }],
    ['a request of T-Bank', { body: { Token: secret, RebillId: secret, Pan: secret } }],
    ['what begins a second step', { setup: secret }],
    ['who is half signed in', { ticket: secret }],
    ['codes for a lost phone', { result: { codes: [secret] } }],
    ['the key to a provider', { request: { headers: { Authorization: secret } } }],
    ['the input of a procedure', { err: { input: { code: secret } } }],
  ])('%s', (_, fields) => {
    expect(written(fields)).not.toContain(secret);
    expect(written(fields)).toContain('[hidden]');
  });
});

test('one line of JSON holds the rest, with the instant', () => {
  const line = written({ person: { id: 'p1' }, status: 200 });
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    person: { id: 'p1' },
    status: 200,
    msg: 'something happened',
  });
});

describe('texts of others', () => {
  const scrub = scrubber(secretsOf(readConfig({ SMTP_URL: 'smtp://a:p%40ss-4821@mail.example.ru', MAIL_FROM: 'a@example.ru' })));
  test.each([
    ['no such user Иван.П+1@пример.рф here', 'no such user [address] here'],
    ['535 p@ss-4821 is wrong, and so is p%40ss-4821', '535 [hidden] is wrong, and so is [hidden]'],
    ['GET https://api.telegram.org/bot123456:ABC-DEF1234ghIkl-zyx57W2/getMe', 'GET https://api.telegram.org/[hidden]/getMe'],
    ['connect postgres://otlichno:whatever@db:5432/otlichno', 'connect postgres://otlichno:[hidden]@db:5432/otlichno'],
    ['at /unsubscribe/abc.def?x=1', 'at /unsubscribe/[hidden]?x=1'],
    ['?start=abcdef&a=1', '?start=[hidden]&a=1'],
    ['otpauth://totp/school?issuer=school&secret=ABCDEFGH234&digits=6', 'otpauth://totp/school?issuer=school&secret=[hidden]&digits=6'],
    ['Cookie: otlichno-step=abcdef.1; a=1', 'Cookie: otlichno-step=[hidden]; a=1'],
    ['Cookie: __Host-otlichno=abcdef; otlichno-code=12', 'Cookie: __Host-otlichno=[hidden]; otlichno-code=[hidden]'],
    ['Authorization: Bearer abcdefgh1234', 'Authorization: Bearer [hidden]'],
  ])('%s', (said, shown) => {
    expect(scrub(said)).toBe(shown);
  });

  test.each([
    'id <0123456789abcdef0123456789abcdef@example.ru>',
    'at /work/node_modules/@prisma/client/runtime/client.js:10:1374',
    '2026-11-24T12:00:00.000Z 127.0.0.1:54329 ECONNREFUSED',
  ])('what is none stays: %s', (said) => {
    expect(scrub(said)).toBe(said);
  });
});

test('of an error message, code and cause stay, and the row that was refused does not', () => {
  const cause = Object.assign(new Error('duplicate key value'), { code: '23505', detail: 'Key (email)=(x) already exists.' });
  const line = JSON.parse(written({ err: new Error('not written', { cause }) }));
  expect(line.err).toMatchObject({
    type: 'Error',
    message: 'not written',
    cause: { message: 'duplicate key value', code: '23505', detail: '[hidden]' },
  });
  expect(line.err.stack).toContain('log.test.ts');
});

test('at a terminal a line is to be read', () => {
  const out: string[] = [];
  const log = createLog('info', readable({ write: (line) => void out.push(line) }));
  log.warn({ job: 'registry.write' }, 'slow');
  log.error({ err: new Error('broken') }, 'job failed');
  expect(out[0]).toMatch(/^\d\d:\d\d:\d\d warn slow {2}job=registry\.write\n$/);
  expect(out[1]).toMatch(/^\d\d:\d\d:\d\d error job failed\n {4}Error: broken\n {8}at /);
});

// Linux has a disk that is always full.
test.skipIf(!existsSync('/dev/full'))('a disk without room ends nothing, and a file gets all of it', async () => {
  const full = openSync('/dev/full', 'w');
  createLog('info', logOutput(full)).info('dropped');
  closeSync(full);
  const folder = await mkdtemp(join(tmpdir(), 'otlichno-log-'));
  const file = openSync(join(folder, 'log'), 'w');
  createLog('info', logOutput(file)).info({ text: 'ы'.repeat(300_000) }, 'long');
  closeSync(file);
  expect(JSON.parse(await readFile(join(folder, 'log'), 'utf8'))).toMatchObject({ msg: 'long', text: 'ы'.repeat(300_000) });
  await rm(folder, { recursive: true });
});
