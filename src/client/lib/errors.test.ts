import { TRPCClientError } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import type { WireError } from '#shared/errors.ts';
import { createFormat } from '#shared/i18n/format.ts';
import { catalogue as text } from '#shared/i18n/ru/all.ts';
import { appError, errorText, fieldErrors, isOffline, refusalOf, supportCode } from './errors.ts';

const format = createFormat('ru', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow' });
const answered = (app: WireError) => TRPCClientError.from({ error: { message: app.code, code: -32_603, data: { app } } });
const lost = TRPCClientError.from(new TypeError('Failed to fetch'));
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

describe('errors of requests', () => {
  test('a refusal is known by its code', () => {
    const error = answered({ code: 'COURSES_NOT_FOUND', data: {} });
    expect(appError(error)?.code).toBe('COURSES_NOT_FOUND');
    expect(isOffline(error)).toBe(false);
    expect(errorText(error, text, format)).toBe(text.errors.byCode.COURSES_NOT_FOUND);
  });

  test('an answer that never came is the network, anything else is not', () => {
    expect(isOffline(lost)).toBe(true);
    expect(errorText(lost, text, format)).toBe(text.common.error.noNetwork);
    expect(isOffline(new Error('our own mistake'))).toBe(false);
  });

  test('a server without its database has decided nothing: the same is sent again, and the person is told why it waits', () => {
    const away = answered({ code: 'SERVICE_UNAVAILABLE', data: {} });
    expect(isOffline(away)).toBe(true);
    expect(refusalOf(away)).toBeNull();
    expect(errorText(away, text, format)).toBe(text.errors.byCode.SERVICE_UNAVAILABLE);
    const refused = answered({ code: 'COURSES_NOT_FOUND', data: {} });
    expect(refusalOf(refused)?.code).toBe('COURSES_NOT_FOUND');
    expect(refusalOf(lost)).toBeNull();
  });

  test('a limit says how long to wait', () => {
    const error = answered({ code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: 240 } });
    expect(plain(errorText(error, text, format))).toBe('Слишком много попыток. Повторите через 4 минуты.');
  });

  test('what is our fault carries the code for the support', () => {
    const error = answered({ code: 'UNEXPECTED', data: { requestId: '7f3k20' } });
    expect(supportCode(error)).toBe('7f3k20');
    expect(errorText(error, text, format)).toContain('7f3k20');
  });

  test('issues become texts at their fields', () => {
    const error = answered({ code: 'INPUT_INVALID', data: {}, issues: [{ field: 'phone', code: 'phone-invalid' }] });
    expect(fieldErrors(error, text)).toEqual({ phone: text.errors.field['phone-invalid'] });
    expect(fieldErrors(lost, text)).toEqual({});
  });
});
