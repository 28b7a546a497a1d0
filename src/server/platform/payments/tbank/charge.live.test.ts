import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aScriptedBank, bankAttemptId, created, cuts, no, type ScriptedBank, stands, troubleOf } from '../../../testing/scripted-bank.ts';
import type { SavedCharge } from '../../payments.ts';

let bank: ScriptedBank;
beforeAll(async () => {
  bank = await aScriptedBank();
});
beforeEach(() => bank.reset());
afterAll(() => bank.stop());

const item = (amountMinor: number) => [{ label: 'Химия', amountMinor }];
describe('a saved card', () => {
  const charge: SavedCharge = {
    attemptId: bankAttemptId,
    providerPaymentId: null,
    amountMinor: 199900,
    currency: 'RUB',
    description: 'Химия, декабрь',
    customerId: 'person-1',
    email: 'a@example.ru',
    token: '101709',
    items: item(199900),
    notificationUrl: 'https://school.example/api/payments/tbank',
    locale: 'ru',
  };
  const told: string[] = [];
  const onPaymentId = async (id: string) => {
    told.push(`${id} after ${bank.methods().join(' ')}`);
  };
  beforeEach(() => {
    told.length = 0;
  });

  it('is charged: Init, the id is told, Charge', async () => {
    bank.says('Init', created);
    bank.says('Charge', stands('CONFIRMED'));
    expect(await bank.tbank.chargeSaved(charge, onPaymentId)).toMatchObject({
      state: 'captured',
      amountMinor: 199900,
      providerPaymentId: '700',
      attemptId: bankAttemptId,
    });
    expect(told).toEqual(['700 after Init']);
    expect(bank.calls[0]?.[1]).toMatchObject({ DATA: { OperationInitiatorType: 'R' } });
    expect(bank.calls[0]?.[1]).not.toHaveProperty('Recurrent');
    expect(bank.calls[1]?.[1]).toMatchObject({ PaymentId: '700', RebillId: '101709' });
  });

  it('is not charged when its id could not be kept', async () => {
    bank.says('Init', created);
    const broken = async () => {
      throw new Error('database');
    };
    await expect(bank.tbank.chargeSaved(charge, broken)).rejects.toThrow('database');
    expect(bank.methods()).toEqual(['Init']);
  });

  it('is declined', async () => {
    bank.says('Init', created);
    bank.says('Charge', stands('REJECTED', { Success: false, ErrorCode: '1051' }));
    expect(await bank.tbank.chargeSaved(charge, onPaymentId)).toMatchObject({
      state: 'failed',
      decline: { code: '1051', class: 'funds', again: 'later' },
    });
  });

  it('is declined in an answer without a status: T-Bank is asked how it stands', async () => {
    bank.says('Init', created);
    bank.says('Charge', no('1033'));
    bank.says('GetState', stands('REJECTED'));
    expect(await bank.tbank.chargeSaved(charge, onPaymentId)).toMatchObject({
      state: 'failed',
      decline: { code: '1033', class: 'card', again: 'never' },
    });
  });

  it('where charging is not switched on, nothing has happened', async () => {
    bank.says('Init', created);
    bank.says('Charge', no('10'));
    bank.says('GetState', stands('NEW'));
    expect(await troubleOf(bank.tbank.chargeSaved(charge, onPaymentId))).toBe('refused 10');
  });

  it('case 42: no answer is «unknown», and with the same id nothing is charged twice', async () => {
    bank.says('Init', created);
    bank.says('Charge', cuts);
    expect(await troubleOf(bank.tbank.chargeSaved(charge, onPaymentId))).toMatch(/^unknown/);
    bank.calls.length = 0;
    bank.says('GetState', stands('CONFIRMED'));
    const again = { ...charge, providerPaymentId: '700' };
    expect(await bank.tbank.chargeSaved(again, onPaymentId)).toMatchObject({ state: 'captured' });
    expect(bank.methods()).toEqual(['GetState']);
    expect(told).toEqual(['700 after Init']);
  });

  it('case 42: what T-Bank had not begun is charged by the same id', async () => {
    bank.says('GetState', stands('NEW'));
    bank.says('Charge', stands('CONFIRMED'));
    expect(await bank.tbank.chargeSaved({ ...charge, providerPaymentId: '700' }, onPaymentId)).toMatchObject({ state: 'captured' });
    expect(bank.methods()).toEqual(['GetState', 'Charge']);
    expect(told).toEqual([]);
  });

  it.each(['AUTHORIZING', 'AUTHORIZED', 'CONFIRMING', 'UNKNOWN'])('case 42: %s is not known yet', async (status) => {
    bank.says('GetState', stands(status));
    expect(await troubleOf(bank.tbank.chargeSaved({ ...charge, providerPaymentId: '700' }, onPaymentId))).toMatch(/^unknown/);
    expect(bank.methods()).toEqual(['GetState']);
  });

  it('case 42: behind a charge, that the question how it stands is refused says nothing of it', async () => {
    bank.says('Init', created);
    bank.says('Charge', stands('AUTHORIZING'));
    bank.says('GetState', no('7'));
    expect(await troubleOf(bank.tbank.chargeSaved(charge, onPaymentId))).toBe('unknown 7');
    bank.says('GetState', no('7'));
    expect(await troubleOf(bank.tbank.chargeSaved({ ...charge, providerPaymentId: '700' }, onPaymentId))).toBe('unknown 7');
  });

  it('is removed at T-Bank, and one that is not there is no trouble', async () => {
    bank.says('RemoveCard', { Success: true, ErrorCode: '0', Status: 'D' }, no('7'), no('204'));
    const method = { customerId: 'person-1', providerRef: '322264' };
    await bank.tbank.forgetMethod(method);
    expect(bank.calls[0]?.[1]).toMatchObject({ CustomerKey: 'person-1', CardId: '322264' });
    await bank.tbank.forgetMethod(method);
    expect(await troubleOf(bank.tbank.forgetMethod(method))).toBe('keys 204');
    await bank.tbank.forgetMethod({ ...method, providerRef: null });
    expect(bank.methods()).toHaveLength(3);
  });
});
