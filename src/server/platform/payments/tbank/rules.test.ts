import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../payments.ts';
import { shortened } from '../shortened.ts';
import { declineOf, troubleOf } from './declines.ts';
import { dueDate } from './init.ts';
import { receiptOf } from './receipt.ts';
import { refundedBy, stateOf } from './statuses.ts';

describe('statuses', () => {
  it.each([
    ['NEW', 'opened', 0],
    ['FORM_SHOWED', 'opened', 0],
    ['3DS_CHECKING', 'opened', 0],
    ['AUTHORIZED', 'authorized', 0],
    ['CONFIRMING', 'authorized', 0],
    ['CONFIRMED', 'captured', 0],
    ['REFUNDING', 'captured', null],
    ['ASYNC_REFUNDING', 'captured', null],
    ['PARTIAL_REFUNDED', 'partly_refunded', null],
    ['REFUNDED', 'refunded', null],
    ['REVERSED', 'voided', 0],
    ['CANCELED', 'voided', 0],
    ['REJECTED', 'failed', 0],
    ['AUTH_FAIL', 'failed', 0],
    ['DEADLINE_EXPIRED', 'expired', 0],
    ['a word that nobody knows', 'opened', 0],
    ['constructor', 'opened', 0],
  ])('%s: %s', (status, state, refunded) => {
    expect(stateOf(status)).toBe(state);
    expect(refundedBy(status)).toBe(refunded);
  });
});

describe('declines', () => {
  it.each([
    ['1051', 'funds', 'later'],
    ['116', 'funds', 'later'],
    ['5060', 'funds', 'later'],
    ['1033', 'card', 'never'],
    ['1054', 'card', 'never'],
    ['1041', 'card', 'never'],
    ['1061', 'limit', 'later'],
    ['1005', 'bank', 'never'],
    ['1057', 'bank', 'never'],
    ['1058', 'bank', 'never'],
    ['1017', 'other', 'never'],
    ['99', 'bank', 'later'],
    ['76', 'foreign', 'never'],
    ['1205', 'foreign', 'never'],
    ['101', 'three-ds', 'never'],
    ['1096', 'technical', 'later'],
    ['7777', 'other', 'later'],
    ['AUTH_FAIL', 'three-ds', 'never'],
    ['REJECTED', 'bank', 'later'],
  ])('%s: %s, %s', (code, name, again) => {
    expect(declineOf(code)).toEqual({ code, class: name, again });
  });

  it.each([
    ['204', 'keys'],
    ['205', 'keys'],
    ['501', 'keys'],
    ['402', 'busy'],
    ['3029', 'busy'],
    ['9999', 'unknown'],
    ['3', 'unknown'],
    [null, 'unknown'],
    ['0', 'unknown'],
    ['10', 'refused'],
    ['330', 'refused'],
    ['3002', 'refused'],
  ])('trouble of %s: %s', (code, trouble) => {
    expect(troubleOf(code)).toBe(trouble);
  });
});

describe('receipts', () => {
  const config = { taxation: 'usn_income', vat: 'vat5', method: 'full_prepayment' } as const;
  const refusalOf = (call: () => unknown) => {
    try {
      call();
    } catch (fault) {
      return fault instanceof ProviderError ? [fault.trouble, fault.code] : fault;
    }
    return null;
  };

  it('lists what was bought', () => {
    const items = [
      { label: 'Химия: ЕГЭ', amountMinor: 1999 },
      { label: 'Ж'.repeat(300), amountMinor: 1 },
    ];
    expect(receiptOf(items, 2000, 'a@example.ru', config)).toEqual({
      Email: 'a@example.ru',
      Taxation: 'usn_income',
      Items: [
        {
          Name: 'Химия: ЕГЭ',
          Price: 1999,
          Quantity: 1,
          Amount: 1999,
          Tax: 'vat5',
          PaymentMethod: 'full_prepayment',
          PaymentObject: 'service',
        },
        {
          Name: `${'Ж'.repeat(127)}…`,
          Price: 1,
          Quantity: 1,
          Amount: 1,
          Tax: 'vat5',
          PaymentMethod: 'full_prepayment',
          PaymentObject: 'service',
        },
      ],
    });
  });

  it.each([
    ['case 30: a sum that is a kopeck too small', [{ label: 'A', amountMinor: 1998 }], 'a@example.ru', 'receipt-sum'],
    ['case 30: a sum that is a kopeck too large', [{ label: 'A', amountMinor: 2000 }], 'a@example.ru', 'receipt-sum'],
    ['nothing bought', [], 'a@example.ru', 'receipt-lines'],
    [
      'a line for nothing',
      [
        { label: 'A', amountMinor: 1999 },
        { label: 'B', amountMinor: 0 },
      ],
      'a@example.ru',
      'receipt-lines',
    ],
    [
      'half a kopeck',
      [
        { label: 'A', amountMinor: 1998.5 },
        { label: 'B', amountMinor: 0.5 },
      ],
      'a@example.ru',
      'receipt-lines',
    ],
    ['a long e-mail', [{ label: 'A', amountMinor: 1999 }], `${'a'.repeat(60)}@example.ru`, 'receipt-email'],
  ])('refuses %s before anything is sent', (_, items, email, code) => {
    expect(refusalOf(() => receiptOf(items, 1999, email, config))).toEqual(['refused', code]);
  });
});

it.each([
  ['short', 140, 'short'],
  ['a  b\n c', 140, 'a b c'],
  ['🧪'.repeat(80), 140, `${'🧪'.repeat(69)}…`],
  ['x\ud83e', 140, 'x\ufffd'],
])('shortens %j', (text, most, short) => {
  expect(shortened(text, most)).toBe(short);
});

it('writes a date with Moscow’s distance to UTC', () => {
  expect(dueDate(new Date('2026-12-31T21:30:05.123Z'))).toBe('2027-01-01T00:30:05+03:00');
});
