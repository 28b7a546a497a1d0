import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import type { PaymentWay, ProviderId } from '#shared/payments.ts';

/** Words of banks: their names, and what one may pay with there. */
export function usePaymentWords() {
  const { providers } = usePaymentsText().checkout;
  const format = useFormat();
  return {
    name: (id: ProviderId) => providers.names[id],
    /** «Карта, СБП, T-Pay» */
    ways(ways: readonly PaymentWay[], capital: boolean): string {
      const [first = '', ...rest] = ways.map((way) => providers.ways[way]);
      return [capital ? first.charAt(0).toLocaleUpperCase(format.locale) + first.slice(1) : first, ...rest].join(', ');
    },
  };
}
