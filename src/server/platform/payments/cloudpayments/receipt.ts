import type { ReceiptConfig } from '../../config.ts';
import { ProviderError, type ReceiptItem } from '../../payments.ts';
import { fromMinor } from '../amounts.ts';
import { shortened } from '../shortened.ts';

/** As CloudKassir numbers them. */
const taxationCodes: Record<ReceiptConfig['taxation'], number> = {
  osn: 0,
  usn_income: 1,
  usn_income_outcome: 2,
  esn: 4,
  patent: 5,
};
const methodCodes: Record<ReceiptConfig['method'], number> = { full_prepayment: 1, full_payment: 4 };
const service = 4;
const longestLabel = 128;

/** A decimal number of JSON: the shortest text of the nearest double is the very two digits. */
export const decimal = (minor: number): number => Number(fromMinor(minor));

/**
 * What a receipt (54-FZ) is made of, as CloudPayments takes it within `JsonData`. Null: no receipts here, or nothing to list.
 * @throws ProviderError when the items are not the amount: such a receipt is refused by the tax office after the money has moved
 */
export function receiptData(config: ReceiptConfig | null, items: readonly ReceiptItem[], amountMinor: number, email: string) {
  if (config === null || items.length === 0) return null;
  if (items.reduce((sum, item) => sum + item.amountMinor, 0) !== amountMinor)
    throw new ProviderError('refused', 'CloudPayments: the receipt is not the amount', 'receipt-sum');
  return {
    cloudpayments: {
      CustomerReceipt: {
        Items: items.map((item) => ({
          label: shortened(item.label, longestLabel),
          price: decimal(item.amountMinor),
          quantity: 1,
          amount: decimal(item.amountMinor),
          vat: config.vat === 'none' ? null : Number(config.vat.replace('vat', '')),
          method: methodCodes[config.method],
          object: service,
        })),
        taxationSystem: taxationCodes[config.taxation],
        email,
        amounts: { electronic: decimal(amountMinor) },
      },
    },
  };
}
