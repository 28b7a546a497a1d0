import { expect, test } from 'vitest';
import { checkoutInput, orderDto, promoCodeText } from './payments.ts';

test.each([
  ['https://securepay.tinkoff.ru/new/abc', true],
  ['http://127.0.0.1:3002/pay/tbank/1', true],
  [null, true],
  ['javascript:alert(document.cookie)', false],
  ['JaVaScRiPt://securepay.tinkoff.ru/%0aalert(1)', false],
  ['data:text/html,<script>1</script>', false],
  ['/payments/1', false],
])('a page goes to %j: %s', (payUrl, goes) => {
  expect(orderDto.shape.payUrl.safeParse(payUrl).success).toBe(goes);
});

test.each([
  ['autumn 10', 'AUTUMN10'],
  ['Осень', 'ОСЕНЬ'],
  ['ａｂ', 'AB'],
  ['a\u200bb\u00adc', 'ABC'],
  ['a', undefined],
  ["a' OR 1=1", undefined],
  ['a\u0000b', undefined],
  ['x'.repeat(61), undefined],
])('a code that was typed as %j is %j', (typed, code) => {
  expect(promoCodeText.safeParse(typed).data).toBe(code);
});

test('nothing more than was asked for can come with a checkout', () => {
  const input = {
    clientId: '0190a1b2-0000-4000-8000-00000000000a',
    course: 'math',
    plan: 'once',
    provider: 'tbank',
    expectedMinor: 100,
    agreesToCharges: false,
    locale: 'ru',
  };
  expect(checkoutInput.safeParse(input).success).toBe(true);
  for (const more of [
    { returnUrl: 'https://evil.example' },
    { amountMinor: 1 },
    { personId: input.clientId },
    { expectedMinor: -1 },
    { expectedMinor: 0.5 },
  ])
    expect(checkoutInput.safeParse({ ...input, ...more }).success).toBe(false);
});
