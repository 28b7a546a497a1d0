import { describe, expect, test } from 'vitest';
import { ConfigError } from '../config.ts';
import { createLog } from '../log.ts';
import { needsTls, smtpMailer } from './smtp.ts';

describe('a password travels only encrypted', () => {
  test.each([
    ['smtp://user:word@mail.example.ru:587', true],
    ['smtp://user:word@10.0.0.5', true],
    ['smtp://127.0.0.1.example.ru', false],
    ['smtp://user:word@127.0.0.1.example.ru', true],
    // Encrypted from the first byte, or nothing to hide.
    ['smtps://user:word@mail.example.ru', false],
    ['smtp://mail.example.ru', false],
    // The mail server of this very machine.
    ['smtp://user:word@localhost:1025', false],
    ['smtp://user:word@127.0.0.1', false],
    ['smtp://user:word@[::1]', false],
  ])('%s: %s', (url, needed) => {
    expect(needsTls(url)).toBe(needed);
  });
});

test('a sender without an address stops the start', () => {
  const config = { kind: 'smtp', url: 'smtp://127.0.0.1', from: 'Отлично', dkim: null } as const;
  expect(() => smtpMailer(config, createLog('silent'))).toThrow(ConfigError);
});
