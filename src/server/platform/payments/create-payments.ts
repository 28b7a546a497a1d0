import type { PaymentsConfig } from '../config.ts';
import type { PaymentProvider, Payments } from '../payments.ts';
import { createCloudPayments } from './cloudpayments/cloudpayments.ts';
import { createTbank } from './tbank/create-tbank.ts';

/** The acquirers that the configuration names. */
export function createPayments({ tbank, cloudpayments, receipts, checkNetworks }: PaymentsConfig): Payments {
  const terms = { receipts, checkNetworks };
  const all: PaymentProvider[] = [
    ...(tbank ? [createTbank(tbank, terms)] : []),
    ...(cloudpayments ? [createCloudPayments(cloudpayments, terms)] : []),
  ];
  return { all, provider: (id) => all.find((provider) => provider.id === id) ?? null };
}
