import type { PaymentsCatalogue } from '#shared/i18n/payments-catalogue.ts';
import type { OrderDto } from '#shared/payments.ts';

/** The title of what `OrderState` shows, to be said aloud when it changes. */
export function titleOf(
  { view, amountMinor }: Pick<OrderDto, 'view' | 'amountMinor'>,
  { leaving, cameBack }: { leaving: boolean; cameBack: boolean },
  words: PaymentsCatalogue['order'],
): string {
  if (view === 'paid' && amountMinor === 0) return words.paid.free;
  if (view !== 'to-pay') return words[view].title;
  return (leaving ? words.opening : cameBack ? words.checking : words.toPay).title;
}
