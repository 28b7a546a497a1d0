import type { ReceiptConfig } from '../../config.ts';
import { ProviderError, type ReceiptItem } from '../../payments.ts';
import { shortened } from '../shortened.ts';

const longestEmail = 64;
const longestName = 128;

/**
 * The receipt (54-FZ) that goes with a payment or a part of it given back.
 * @throws ProviderError before anything is sent, where T-Bank would refuse: it compares the sum with the amount (308, 334)
 */
export function receiptOf(items: readonly ReceiptItem[], amountMinor: number, email: string, config: ReceiptConfig) {
  if (items.length === 0 || items.length > 100) throw new ProviderError('refused', 'T-Bank: a receipt has 1 to 100 lines', 'receipt-lines');
  if (items.some((item) => !Number.isSafeInteger(item.amountMinor) || item.amountMinor < 1))
    throw new ProviderError('refused', 'T-Bank: a line of the receipt costs nothing', 'receipt-lines');
  if (items.reduce((sum, item) => sum + item.amountMinor, 0) !== amountMinor)
    throw new ProviderError('refused', 'T-Bank: the lines of the receipt do not add up to the amount', 'receipt-sum');
  if (email.length > longestEmail) throw new ProviderError('refused', 'T-Bank: the e-mail of the receipt is too long', 'receipt-email');
  return {
    Email: email,
    Taxation: config.taxation,
    Items: items.map((item) => ({
      Name: shortened(item.label, longestName),
      Price: item.amountMinor,
      Quantity: 1,
      Amount: item.amountMinor,
      Tax: config.vat,
      PaymentMethod: config.method,
      PaymentObject: 'service',
    })),
  };
}
