import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../json.ts';
import { isSigned, tbankToken } from './token.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const init = {
  TerminalKey: 'MerchantTerminalKey',
  Amount: 19200,
  OrderId: '21090',
  Description: 'Подарочная карта на 1000 рублей',
  DATA: { Phone: '+71234567890', Email: 'a@test.com' },
  Receipt: { Email: 'a@test.ru', Taxation: 'osn', Items: [{ Name: 'Наименование товара 1', Price: 10000 }] },
};
const notification = {
  TerminalKey: '1321054611234DEMO',
  OrderId: '201709',
  Success: true,
  Status: 'AUTHORIZED',
  PaymentId: 8742591,
  ErrorCode: '0',
  Amount: 9855,
  CardId: 322264,
  Pan: '430000******0777',
  ExpDate: '1122',
  RebillId: 101709,
};
const password = 'Dfsfh56dgKl';
const published = 'b906d28e76c6428e37b25fcf86c0adc52c63d503013fdd632e300593d165766b';

describe('the token of T-Bank', () => {
  it.each([
    ['a request with DATA and Receipt', init, 'usaf8fw8fsw21g', '0024a00af7c350a3a67ca168ce06502aa72772456662e38696d48b56ee9c97d9'],
    ['a notification', notification, password, published],
    [
      'a request of the newer pages',
      { ...init, OrderId: '00000' },
      '11111111111111',
      '72dd466f8ace0a37a1f740ce5fb78101712bc0665d91a8108c7c8a0ccd426db2',
    ],
  ])('case 1: %s, as published', (_, params, secret, token) => {
    expect(tbankToken(params, secret)).toBe(token);
  });

  it.each([
    ['case 2: objects and lists', { ...notification, Data: { Route: 'ACQ' }, DATA: {}, Shops: [{ ShopCode: '1' }] }],
    ['case 2: what is null', { ...notification, Message: null }],
    ['a token that came along', { ...notification, Token: 'something' }],
    ['a password that came along', { ...notification, Password: 'guessed' }],
  ])('%s is not part of it', (_, params) => {
    expect(tbankToken(params, password)).toBe(published);
  });

  it('case 6: a boolean is a word', () => {
    expect(tbankToken({ Success: false, Amount: 1 }, 'p')).toBe(sha256('1pfalse'));
  });

  it('case 7: IP comes before InfoEmail', () => {
    expect(tbankToken({ InfoEmail: 'a@b.ru', IP: '10.0.0.1', PaymentId: '7' }, 'p')).toBe(sha256('10.0.0.1a@b.rup7'));
  });

  it('case 8: twenty digits keep every digit', () => {
    const text = '{"PaymentId":12345678901234567890,"RebillId":98765432109876543210}';
    const value = parseJson(text)?.value;
    expect(tbankToken(Object(value), 'p')).toBe(sha256('p1234567890123456789098765432109876543210'));
  });

  it('case 9: Cyrillic and emoji are signed as UTF-8', () => {
    expect(tbankToken({ Description: 'Курс «Химия» 🧪' }, 'пароль')).toBe(sha256('Курс «Химия» 🧪пароль'));
  });
});

describe('isSigned', () => {
  const signed = { ...notification, Token: published };

  it('takes what is well signed', () => {
    expect(isSigned(signed, password)).toBe(true);
  });

  it('case 5: a field that T-Bank has added and signed', () => {
    const more = { ...notification, NewField: 'x' };
    expect(isSigned({ ...more, Token: tbankToken(more, password) }, password)).toBe(true);
    expect(isSigned({ ...more, Token: published }, password)).toBe(false);
  });

  it.each([
    ['case 3: another password', signed, 'wrong'],
    ['case 4: no token', notification, password],
    ['case 4: an empty token', { ...signed, Token: '' }, password],
    ['case 4: a list', { ...signed, Token: [published] }, password],
    ['case 4: capital letters', { ...signed, Token: published.toUpperCase() }, password],
    ['a shorter token', { ...signed, Token: published.slice(1) }, password],
    ['a token with more behind it', { ...signed, Token: `${published}\n` }, password],
    ['another amount', { ...signed, Amount: 1 }, password],
    ['another status', { ...signed, Status: 'CONFIRMED' }, password],
    ['case 36: another order', { ...signed, OrderId: '201710' }, password],
  ])('refuses %s', (_, body, secret) => {
    expect(isSigned(body, secret)).toBe(false);
  });
});
