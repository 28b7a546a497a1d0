import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createPayments } from './create-payments.ts';

const tbank = { PAYMENTS_TBANK_TERMINAL: 'Test', PAYMENTS_TBANK_PASSWORD: 'secret' };
const cloud = {
  PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk',
  PAYMENTS_CLOUDPAYMENTS_SECRET: 'secret',
  PAYMENTS_CLOUDPAYMENTS_CURRENCIES: 'KZT',
};

test.each([
  [tbank, ['tbank']],
  [cloud, ['cloudpayments']],
  [{ ...cloud, ...tbank }, ['tbank', 'cloudpayments']],
])('%j: %j', (env, ids) => {
  const { payments } = readConfig({ DATA_DIR: '/tmp/nowhere', ...env });
  if (!payments) throw new Error('no payments');
  const made = createPayments(payments);
  expect(made.all.map(({ id }) => id)).toEqual(ids);
  for (const id of ['tbank', 'cloudpayments'] as const) expect(made.provider(id)?.id ?? null).toBe(ids.includes(id) ? id : null);
});

test('without roubles there is nothing but cards, and each address of the cabinet is one that is understood', () => {
  const { payments } = readConfig({ DATA_DIR: '/tmp/nowhere', ...cloud });
  const provider = payments && createPayments(payments).provider('cloudpayments');
  expect(provider).toMatchObject({ currencies: ['KZT'], ways: ['card'], test: false, lists: true });
  for (const { path } of provider?.webhooks ?? []) {
    const reading = provider?.readWebhook({ path, headers: {}, raw: Buffer.from('x=1'), ip: '127.0.0.1' });
    expect(reading).toMatchObject({ ok: false, reason: 'signature' });
  }
});

test('case 46: no adapter knows an address of the provider’s own subscriptions: `update` would bring a cancelled one to life', async () => {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const name of files) expect(await readFile(`${import.meta.dirname}/${name}`, 'utf8'), name).not.toMatch(/['"`/]subscriptions\//);
});
