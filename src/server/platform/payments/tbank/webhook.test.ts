import { describe, expect, it } from 'vitest';
import type { WebhookReading } from '../../payments.ts';
import { tbankToken } from './token.ts';
import { readTbankWebhook } from './webhook.ts';

const config = { terminalKey: '1321054611234', password: 'Dfsfh56dgKl', apiRoot: 'https://bank.example/v2', test: false };
const attemptId = '0190a1b2-0000-4000-8000-00000000000a';
const paid = {
  TerminalKey: config.terminalKey,
  OrderId: attemptId,
  Success: true,
  Status: 'CONFIRMED',
  PaymentId: 8742591,
  ErrorCode: '0',
  Amount: 990000,
};
const card = { CardId: 322264, Pan: '430000******0777', ExpDate: '1127', RebillId: 101709 };

const signed = (params: Record<string, unknown>, password = config.password) => ({ ...params, Token: tbankToken(params, password) });
const read = (body: unknown, more: { path?: string; ip?: string; checkNetworks?: boolean } = {}): WebhookReading =>
  readTbankWebhook(config, more.checkNetworks ?? false, {
    path: more.path ?? 'tbank',
    headers: { 'content-type': 'application/json' },
    raw: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    ip: more.ip ?? '127.0.0.1',
  });
function heard(body: unknown) {
  const reading = read(body);
  if (!reading.ok) throw new Error(`refused: ${reading.reason}`);
  return reading;
}

describe('what T-Bank tells', () => {
  it('of a payment: how it stands, and the card that may be charged again', () => {
    const { event, ack } = heard(signed({ ...paid, ...card, CustomerKey: 'person-1' }));
    expect(ack).toEqual({ status: 200, contentType: 'text/plain', body: 'OK' });
    expect(event).toEqual({
      dedupeKey: '8742591:CONFIRMED:990000',
      kind: 'CONFIRMED',
      attemptId,
      providerPaymentId: '8742591',
      tells: {
        t: 'payment',
        sure: false,
        snapshot: {
          provider: 'tbank',
          attemptId,
          providerPaymentId: '8742591',
          state: 'captured',
          amountMinor: 990000,
          currency: 'RUB',
          refundedMinor: 0,
          refunds: [],
          customerId: 'person-1',
          test: false,
          paidWith: '•• 0777',
          method: { token: '101709', providerRef: '322264', mask: '•• 0777', expires: '1127' },
          decline: null,
          receiptUrl: null,
          at: null,
        },
      },
    });
  });

  it('case 2: with Data, which is not signed and may name the customer', () => {
    const { event } = heard({ ...signed(paid), Data: { CustomerKey: 'person-2', Route: 'ACQ' } });
    expect(event.tells).toMatchObject({ t: 'payment', snapshot: { customerId: 'person-2', method: null, paidWith: null } });
  });

  it('case 6: a refusal, with its code', () => {
    const { event } = heard(signed({ ...paid, Success: false, Status: 'REJECTED', ErrorCode: '1051' }));
    expect(event.tells).toMatchObject({ snapshot: { state: 'failed', decline: { code: '1051', class: 'funds', again: 'later' } } });
  });

  it('case 8: an id of twenty digits', () => {
    const params = { ...paid, PaymentId: '12345678901234567890' };
    const text = JSON.stringify(signed(params)).replace('"12345678901234567890"', '12345678901234567890');
    const { event } = heard(text);
    expect(event).toMatchObject({ providerPaymentId: '12345678901234567890', dedupeKey: '12345678901234567890:CONFIRMED:990000' });
  });

  it('case 26: parts given back are told apart by what was sent', () => {
    const first = heard(signed({ ...paid, Status: 'PARTIAL_REFUNDED', Amount: 100 })).event;
    const second = heard(signed({ ...paid, Status: 'PARTIAL_REFUNDED', Amount: 100, Message: 'x' })).event;
    expect(first.dedupeKey).toMatch(/^8742591:PARTIAL_REFUNDED:100:[0-9a-f]{64}$/);
    expect(second.dedupeKey).not.toBe(first.dedupeKey);
    expect(first.tells).toMatchObject({ snapshot: { state: 'partly_refunded', refundedMinor: null } });
  });

  it('of a receipt', () => {
    const receipt = { ...paid, Status: 'RECEIPT', FiscalNumber: 3, Url: 'https://ofd.example/r/1' };
    expect(heard(signed(receipt)).event).toMatchObject({
      kind: 'RECEIPT',
      attemptId,
      tells: { t: 'receipt', url: 'https://ofd.example/r/1' },
    });
    expect(heard(signed({ ...receipt, Url: 'javascript:alert(1)' })).event.tells).toEqual({ t: 'receipt', url: null });
    expect(heard(signed({ ...receipt, Success: false, Url: null })).event.tells).toEqual({ t: 'receipt', url: null });
  });

  it.each([
    [
      'an account of SBP',
      { TerminalKey: config.terminalKey, NotificationType: 'LINKACCOUNT', Status: 'ACTIVE', AccountToken: 'x', RequestKey: 'r' },
    ],
    [
      'a card',
      { TerminalKey: config.terminalKey, RequestKey: 'r', CustomerKey: 'c', Status: 'COMPLETED', PaymentId: 1, Amount: 1, CardId: 2 },
    ],
    ['a payment without an amount', { ...paid, Amount: undefined }],
    ['an amount that is a word', { ...paid, Amount: '1e3' }],
    ['half a kopeck', { ...paid, Amount: 1.5 }],
    ['a debt', { ...paid, Amount: -1 }],
    ['an amount that no number holds', { ...paid, Amount: 1e21 }],
    ['something new', { TerminalKey: config.terminalKey, Hello: 'there' }],
  ])('%s is acknowledged and changes nothing', (_, params) => {
    const { event, ack } = heard(signed(params));
    expect(event.tells).toEqual({ t: 'nothing' });
    expect(ack.body).toBe('OK');
  });

  it('an order that is none of ours has no attempt', () => {
    expect(heard(signed({ ...paid, OrderId: 'shop-17' })).event).toMatchObject({
      attemptId: null,
      tells: { snapshot: { attemptId: null } },
    });
  });

  it.each([
    ['a terminal of test cases', { terminalKey: '1321054611234DEMO' }, true],
    ['the test environment', { apiRoot: 'https://rest-api-test.tinkoff.ru/v2' }, true],
    ['a school that is tried out', { test: true }, true],
    ['a school that sells', {}, false],
  ])('case 34: %s tells of real money or not', (_, more, test) => {
    const other = { ...config, ...more };
    const raw = Buffer.from(JSON.stringify(signed({ ...paid, TerminalKey: other.terminalKey })));
    const reading = readTbankWebhook(other, false, { path: 'tbank', headers: {}, raw, ip: '' });
    expect(reading).toMatchObject({ event: { tells: { snapshot: { test } } } });
  });
});

describe('what is refused', () => {
  const deep = `{"TerminalKey":"${config.terminalKey}","a":${'['.repeat(15_000)}${']'.repeat(15_000)}}`;
  it.each<[string, unknown, string, number]>([
    ['case 3: signed with another password', signed(paid, 'guess'), 'signature', 403],
    ['case 4: without a token', paid, 'signature', 403],
    ['case 4: with a list of tokens', { ...paid, Token: [signed(paid).Token] }, 'signature', 403],
    ['case 4: with a token in capitals', { ...paid, Token: signed(paid).Token.toUpperCase() }, 'signature', 403],
    ['case 15: of another terminal, well signed', signed({ ...paid, TerminalKey: 'Other' }), 'foreign-terminal', 403],
    ['case 36: well signed, then with another order', { ...signed(paid), OrderId: attemptId.replace('a', 'b') }, 'signature', 403],
    ['case 27: well signed, then for a kopeck', { ...signed(paid), Amount: 1 }, 'signature', 403],
    ['case 39: 8 MB', Buffer.alloc(8 * 1024 * 1024, 0x20), 'unreadable', 413],
    ['case 39: very deep', deep, 'unreadable', 400],
    ['case 39: a key __proto__', `{"__proto__":{"a":1},"TerminalKey":"${config.terminalKey}"}`, 'unreadable', 400],
    ['case 39: a second amount behind the first', JSON.stringify(signed(paid)).replace('}', ',"Amount":1}'), 'signature', 403],
    ['a list', [signed(paid)], 'unreadable', 400],
    ['no JSON', 'TerminalKey=1', 'unreadable', 400],
    ['nothing', '', 'unreadable', 400],
  ])('%s', (_, body, reason, status) => {
    expect(read(body)).toEqual({ ok: false, reason, answer: { status, contentType: 'text/plain', body: '' } });
  });

  it('case 39: a message with any byte changed, cut or doubled, without an exception', () => {
    const whole = Buffer.from(JSON.stringify(signed({ ...paid, ...card })));
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = ((changed[at] ?? 0) + 1 + (at % 250)) % 256;
      for (const raw of [changed, whole.subarray(0, at), Buffer.concat([whole.subarray(0, at), whole.subarray(Math.max(0, at - 1))])]) {
        const reading = read(raw);
        if (!reading.ok) continue;
        // Names are not signed, so one may be changed. What is left then says less, never something else.
        const { tells } = reading.event;
        if (tells.t !== 'payment') expect(tells).toEqual({ t: 'nothing' });
        else expect(tells.snapshot).toMatchObject({ amountMinor: 990000, state: 'captured', providerPaymentId: '8742591' });
        expect([attemptId, null]).toContain(reading.event.attemptId);
      }
    }
  });

  it('another address', () => {
    expect(read(signed(paid), { path: 'tbank/x' })).toMatchObject({ ok: false, reason: 'unknown-path', answer: { status: 404 } });
  });

  it('is by network only where that is asked for', () => {
    const from = (ip: string) => read(signed(paid), { ip, checkNetworks: true }).ok;
    expect(
      ['91.194.226.0', '91.194.227.255', '91.218.132.1', '91.218.135.9', '212.49.24.7', '212.233.83.200', '::ffff:91.194.226.181'].map(
        from,
      ),
    ).toEqual(Array(7).fill(true));
    expect(['91.194.228.0', '91.218.136.1', '127.0.0.1', '::1', '', 'nonsense', '2001:db8::1'].map(from)).toEqual(Array(7).fill(false));
    expect(read(signed(paid), { ip: '127.0.0.1' }).ok).toBe(true);
    expect(read(paid, { ip: '91.194.226.1', checkNetworks: true }).ok).toBe(false);
  });
});
