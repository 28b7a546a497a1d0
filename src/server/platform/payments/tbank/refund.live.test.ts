import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aScriptedBank,
  bankAttemptId,
  hangs,
  no,
  type Reply,
  type ScriptedBank,
  stands,
  troubleOf,
} from '../../../testing/scripted-bank.ts';
import { type NewRefund, ProviderError } from '../../payments.ts';

let bank: ScriptedBank;
beforeAll(async () => {
  bank = await aScriptedBank();
});
beforeEach(() => bank.reset());
afterAll(() => bank.stop());

const item = (amountMinor: number) => [{ label: 'Химия', amountMinor }];
describe('giving back', () => {
  const refund: NewRefund = {
    refundId: '0190a1b2-0000-4000-8000-0000000000f0',
    attemptId: bankAttemptId,
    providerPaymentId: '700',
    amountMinor: 50000,
    capturedMinor: 199900,
    currency: 'RUB',
    whole: false,
    again: false,
    email: 'a@example.ru',
    items: item(50000),
  };
  const cancelled = (Status: string, NewAmount?: number) => ({
    Success: true,
    ErrorCode: '0',
    Status,
    PaymentId: 700,
    OriginalAmount: 199900,
    NewAmount,
  });

  it('a part, with a key and a receipt of that part', async () => {
    bank.says('Cancel', cancelled('PARTIAL_REFUNDED', 149900));
    expect(await bank.withReceipts.refund(refund)).toEqual({ state: 'done', providerRefundId: null, refundedMinor: 50000 });
    expect(bank.calls[0]?.[1]).toMatchObject({
      PaymentId: '700',
      Amount: 50000,
      ExternalRequestId: refund.refundId,
      Receipt: { Items: [{ Amount: 50000 }] },
    });
  });

  it('all that is left, without a list', async () => {
    bank.says('Cancel', cancelled('REFUNDED', 0));
    expect(await bank.withReceipts.refund({ ...refund, amountMinor: 149900, whole: true })).toEqual({
      state: 'done',
      providerRefundId: null,
      refundedMinor: 199900,
    });
    expect(bank.calls[0]?.[1]).not.toHaveProperty('Receipt');
  });

  it('by SBP it is on its way first', async () => {
    bank.says('Cancel', cancelled('ASYNC_REFUNDING'));
    expect(await bank.tbank.refund(refund)).toEqual({ state: 'pending', providerRefundId: null, refundedMinor: null });
  });

  it.each<[string, Reply, string]>([
    ['case 44: more than is left', no('330'), 'refused 330'],
    ['no money on the account of the school', no('3002'), 'refused 3002'],
    ['too often an hour', no('3029'), 'busy 3029'],
    ['case 43: a fault', no('9999'), 'unknown 9999'],
    ['case 43: no answer', hangs, 'unknown'],
    ['a status that says nothing of it', cancelled('CONFIRMED', 199900), 'unknown'],
    ['a sum above the payment', cancelled('PARTIAL_REFUNDED', 300000), 'null'],
  ])('%s', async (_, reply, trouble) => {
    bank.says('Cancel', reply);
    if (trouble === 'null') expect((await bank.tbank.refund(refund)).refundedMinor).toBeNull();
    else expect(await troubleOf((reply === hangs ? bank.impatient : bank.tbank).refund(refund))).toBe(trouble);
  });

  it.each([0, -1, 1.5, 199901])('case 44: %d is refused before the call', async (amountMinor) => {
    expect(await troubleOf(bank.tbank.refund({ ...refund, amountMinor }))).toBe('refused amount');
    expect(bank.calls).toEqual([]);
  });

  const sbp = [{ Route: 'ACQ', Source: 'qrsbp' }];
  it.each<[string, Reply, string]>([
    ['nothing has gone back: asked with the same key', stands('CONFIRMED'), 'GetState Cancel done'],
    ['a part by card: asked with the same key', stands('PARTIAL_REFUNDED'), 'GetState Cancel done'],
    ['all has gone back', stands('REFUNDED'), 'GetState done'],
    ['it is on its way', stands('ASYNC_REFUNDING', { Params: sbp }), 'GetState pending'],
    ['by SBP nothing has gone back', stands('CONFIRMED', { Params: sbp }), 'GetState Cancel done'],
    ['the question is refused, which says nothing of the refund', no('7'), 'GetState unknown 7'],
    ['by SBP a part has: nobody can tell which', stands('PARTIAL_REFUNDED', { Params: sbp }), 'GetState unknown sbp'],
  ])('case 44: again after an unknown outcome: %s', async (_, state, expected) => {
    bank.says('GetState', state);
    bank.says('Cancel', cancelled('PARTIAL_REFUNDED', 149900));
    const outcome = await bank.tbank.refund({ ...refund, again: true }).then(
      (taken) => taken.state,
      (fault: unknown) => (fault instanceof ProviderError ? `${fault.trouble} ${fault.code}` : String(fault)),
    );
    expect([...bank.methods(), outcome].join(' ')).toBe(expected);
    if (bank.methods().includes('Cancel')) expect(bank.calls[1]?.[1].ExternalRequestId).toBe(refund.refundId);
  });
});
