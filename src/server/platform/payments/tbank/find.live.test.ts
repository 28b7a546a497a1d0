import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aScriptedBank, bankAttemptId, no, type Reply, type ScriptedBank, stands, troubleOf } from '../../../testing/scripted-bank.ts';

let bank: ScriptedBank;
beforeAll(async () => {
  bank = await aScriptedBank();
});
beforeEach(() => bank.reset());
afterAll(() => bank.stop());

describe('how a payment stands', () => {
  const of = { attemptId: bankAttemptId, providerPaymentId: '700' };

  it('with what it was paid by', async () => {
    const older = [
      { Key: 'Route', Value: 'ACQ' },
      { Key: 'Source', Value: 'TinkoffPay' },
    ];
    bank.says(
      'GetState',
      stands('CONFIRMED', { Params: [{ Route: 'ACQ', Source: 'qrsbp' }] }),
      stands('CONFIRMED', { Params: older }),
      stands('REFUNDED'),
      stands('PARTIAL_REFUNDED', { Amount: 5 }),
    );
    expect(await bank.tbank.find(of)).toMatchObject({ state: 'captured', paidWith: 'СБП', refundedMinor: 0 });
    expect(await bank.tbank.find(of)).toMatchObject({ state: 'captured', paidWith: 'T-Pay' });
    expect(await bank.tbank.find(of)).toMatchObject({ state: 'refunded', paidWith: null, refundedMinor: null });
    expect(await bank.tbank.find(of)).toMatchObject({ state: 'partly_refunded', refundedMinor: null });
  });

  it('of several payments of an order the one with money counts, else the last', async () => {
    const one = (PaymentId: string, Status: string) => ({
      PaymentId,
      Status,
      Amount: 199900,
      Success: Status !== 'REJECTED',
      ErrorCode: '1051',
    });
    const order = (...Payments: object[]) => ({ Success: true, ErrorCode: '0', OrderId: bankAttemptId, Payments });
    bank.says(
      'CheckOrder',
      order(one('1', 'REJECTED'), one('2', 'CONFIRMED'), one('3', 'REJECTED')),
      order(one('1', 'REJECTED'), one('2', 'NEW')),
      order(),
    );
    const unnamed = { attemptId: bankAttemptId, providerPaymentId: null };
    expect(await bank.tbank.find(unnamed)).toMatchObject({ providerPaymentId: '2', state: 'captured', decline: null });
    expect(await bank.tbank.find(unnamed)).toMatchObject({ providerPaymentId: '2', state: 'opened' });
    expect(await bank.tbank.find(unnamed)).toBeNull();
  });

  it('is null where T-Bank knows nothing', async () => {
    bank.says('GetState', no('255'));
    bank.says('CheckOrder', no('335'));
    expect(await bank.tbank.find(of)).toBeNull();
    expect(bank.methods()).toEqual(['GetState', 'CheckOrder']);
  });

  it.each<[string, Reply, string]>([
    ['of another payment', stands('CONFIRMED', { PaymentId: '701' }), 'unknown'],
    ['without an amount', stands('CONFIRMED', { Amount: undefined }), 'unknown'],
    ['with half a kopeck', stands('CONFIRMED', { Amount: 0.5 }), 'unknown'],
    ['that is a list', ((response) => response.end('[]')) satisfies Reply, 'unknown'],
    ['of wrong keys', no('205'), 'keys 205'],
  ])('is not known by an answer %s', async (_, reply, trouble) => {
    bank.says('GetState', reply);
    expect(await troubleOf(bank.tbank.find(of))).toBe(trouble);
  });
});

describe('the keys', () => {
  it.each<[string, Reply, string]>([
    ['open the door', no('335'), 'open'],
    ['are wrong', no('204'), 'keys 204'],
    ['are of no terminal', no('501'), 'keys 501'],
    ['of a terminal that is blocked', no('202'), 'keys 202'],
    ['cannot be tried', (response) => response.writeHead(502).end(), 'unknown http-502'],
  ])('%s', async (_, reply, expected) => {
    bank.says('CheckOrder', reply);
    expect(expected === 'open' ? ((await bank.tbank.ping()) ?? 'open') : await troubleOf(bank.tbank.ping())).toBe(expected);
  });
});

it('lists nothing', async () => {
  expect(bank.tbank.lists).toBe(false);
  for await (const operation of bank.tbank.list(new Date(0), new Date())) throw new Error(JSON.stringify(operation));
});
