import { expect, test } from 'vitest';
import { isPageAddress } from './page-address.ts';

test.each([
  ['https://orders.cloudpayments.ru/d/abc', 'https://api.cloudpayments.ru', true],
  ['http://127.0.0.1:3002/pay/1', 'http://127.0.0.1:3002/api', true],
  ['http://orders.cloudpayments.ru/d/abc', 'https://api.cloudpayments.ru', false],
  ['javascript:alert(1)//https://orders.cloudpayments.ru', 'https://api.cloudpayments.ru', false],
  ['data:text/html,hello', 'http://127.0.0.1:3002', false],
  ['//orders.cloudpayments.ru/d/abc', 'https://api.cloudpayments.ru', false],
  ['', 'http://127.0.0.1:3002', false],
])('%s of %s: %s', (url, apiRoot, may) => {
  expect(isPageAddress(url, apiRoot)).toBe(may);
});
