import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';

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
