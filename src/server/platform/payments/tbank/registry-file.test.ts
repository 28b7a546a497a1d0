import { describe, expect, it } from 'vitest';
import { readRegistryFile } from './registry-file.ts';

/** By what TextDecoder makes of each byte. */
const signs = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const cp1251 = (text: string) => Uint8Array.from(text, (sign) => signs.indexOf(sign));
const read = (...lines: string[]) => readRegistryFile(cp1251(`${lines.join('\r\n')}\r\n`));

const names =
  'Номер заказа;Сумма;Комиссия банка;Комиссия за фискализацию;К перечислению;Тип операции;RRN;Payment ID;Dom/Int;Дата операции;DATA;Описание';
const order = '0190a1b2-0000-4000-8000-00000000000a';

describe('the file of operations', () => {
  it('is read by the names of its columns', () => {
    const file = read(
      'Реестр операций;;;',
      'ООО «Школа “Ёлка”»;за 22.11.2026',
      '',
      names,
      `${order};9 900,00;267,3;0;9632,70;Debit;632700000001;700;Dom;22.11.2026 10:15:30;"Email=a@example.ru;Phone=";"Курс ""Химия""\r\nЕГЭ"`,
      `${order};-4950,50;;;;Credit;632700000002;700;Dom;22.11.2026;;`,
      'shop-17;1990;;;;Chargeback;;12345678901234567890;Int;;;',
      ';300,00;;;;Комиссия за терминал;;701;;;;',
      'Итого;12140,50;;;;;;;;;;',
    );
    expect(file).toEqual({
      rows: [
        {
          line: 5,
          kind: 'payment',
          providerPaymentId: '700',
          orderId: order,
          amountMinor: 990000,
          feeMinor: 26730,
          at: new Date('2026-11-22T07:15:30Z'),
          rrn: '632700000001',
        },
        {
          line: 7,
          kind: 'refund',
          providerPaymentId: '700',
          orderId: order,
          amountMinor: 495050,
          feeMinor: null,
          at: new Date('2026-11-21T21:00:00Z'),
          rrn: '632700000002',
        },
        {
          line: 8,
          kind: 'chargeback',
          providerPaymentId: '12345678901234567890',
          orderId: 'shop-17',
          amountMinor: 199000,
          feeMinor: null,
          at: null,
          rrn: null,
        },
        { line: 9, kind: 'other', providerPaymentId: '701', orderId: null, amountMinor: 30000, feeMinor: null, at: null, rrn: null },
      ],
    });
  });

  it('in English, in another order, saved anew as UTF-8', () => {
    const text =
      '\ufeffOperation type;Payment ID;Order no.;Sum;Bank fee;Operation date;Operation time\nDebit;="700";\'17;19.99;0.5;2026-11-22;10:15\n';
    expect(readRegistryFile(new TextEncoder().encode(text))).toEqual({
      rows: [
        {
          line: 2,
          kind: 'payment',
          providerPaymentId: '700',
          orderId: '17',
          amountMinor: 1999,
          feeMinor: 50,
          at: new Date('2026-11-22T07:15:00Z'),
          rrn: null,
        },
      ],
    });
  });

  it.each([
    ['Комиссия', 'other'],
    ['DEBIT', 'payment'],
    ['Оплата', 'payment'],
    ['Возврат', 'refund'],
    ['Частичный возврат', 'refund'],
    ['Чарджбэк', 'chargeback'],
  ])('%s: %s', (type, kind) => {
    expect(read('Номер платежа;Сумма операции;Операция', `700;1;${type}`)).toMatchObject({ rows: [{ kind }] });
  });

  it.each([
    ['19,99', 1999],
    ['0.29', 29],
    ['8,2', 820],
    ['2 900,55', 290055],
    ['2\u00a0900,55', 290055],
    ['-1', 100],
    ['+1,00', 100],
  ])('case 29: %s roubles', (amount, amountMinor) => {
    expect(read('Payment ID;Amount;Type', `700;${amount};Debit`)).toMatchObject({ rows: [{ amountMinor }] });
  });

  it.each([
    ['case 31: an amount in words', '700;NaN;Debit'],
    ['case 31: an amount with a thousandth', '700;10.001;Debit'],
    ['case 31: an amount with an exponent', '700;1e21;Debit'],
    ['case 31: no amount', '700;;Debit'],
    ['an id with letters', 'x7;1;Debit'],
    ['an id that is too long', `${'7'.repeat(21)};1;Debit`],
    ['no id', ';1;Debit'],
    ['too few cells', '700'],
  ])('says which line it does not understand: %s', (_, line) => {
    expect(read('Payment ID;Amount;Type', '699;1;Debit', line, '701;1;Debit')).toEqual({ unreadable: 3 });
  });

  it.each([
    ['a date', '700;1;Debit;soon;', 2],
    ['a month too many', '700;1;Debit;22.13.2026;', 2],
    ['a fee', '700;1;Debit;22.11.2026;x', 2],
    ['a quote without an end', '700;1;Debit;22.11.2026;"1\r\n\r\n', 2],
  ])('and for %s', (_, line, unreadable) => {
    expect(read('Payment ID;Amount;Type;Date;Fee', line)).toEqual({ unreadable });
  });

  it.each([
    ['nothing', ''],
    ['another table', 'Имя;Почта\r\nАнна;a@example.ru'],
    ['names far below', `${'x;y\r\n'.repeat(31)}Payment ID;Amount;Type`],
    ['no text', '\u0000\u0001'],
  ])('is no such file: %s', (_, text) => {
    expect(read(text)).toEqual({ unreadable: 1 });
  });

  it('with no operations', () => {
    expect(read(names)).toEqual({ rows: [] });
  });
});
