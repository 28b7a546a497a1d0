import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { PaymentPlan, ProviderId } from '#shared/payments.ts';
import { payTrip } from './pay-trip.ts';
import type { PromoState } from './use-promo.ts';

interface Purchase {
  course: string;
  plan: PaymentPlan;
  provider: ProviderId;
  promo: string | null;
  expectedMinor: number;
  agreesToCharges: boolean;
}

interface CheckoutOptions {
  promo: PromoState;
  /** From here on the page stays as it is: the server's hint that there is an order now comes before its answer. */
  onBegin: () => void;
  onRefused: () => void;
  onOrdered: () => void;
}

/** Begins the order. The same purchase asked for twice (a second click, an answer that was lost) is one order. */
export function useCheckout({ promo, onBegin, onRefused, onOrdered }: CheckoutOptions) {
  const [, navigate] = useLocation();
  const locale = useLocale();
  const utils = trpc.useUtils();
  const sent = useRef<{ what: string; clientId: string } | null>(null);
  /** Said by the server in place of an order. */
  const [changed, setChanged] = useState<{ amountMinor: number; currency: string } | 'promo' | null>(null);
  const mutation = trpc.payments.checkout.useMutation({
    onSuccess({ orderId }) {
      onOrdered();
      payTrip.set(orderId, 'going');
      navigate(`/payments/${orderId}`);
    },
    onError(error, { course }) {
      onRefused();
      const refusal = appError(error);
      // It was answered, so nothing of it is under way: the next press is another try.
      if (refusal) sent.current = null;
      if (refusal?.code === 'PAYMENTS_PRICE_CHANGED') {
        setChanged(refusal.data);
        promo.renew();
      }
      if (refusal?.code === 'PAYMENTS_PROMO') {
        setChanged('promo');
        promo.refuse(refusal.data.reason);
      }
      // What may be bought, by what and for how much has changed, or there is an order already.
      if (refusal?.code.startsWith('PAYMENTS_')) void utils.payments.offer.invalidate({ course });
    },
  });

  return {
    busy: mutation.isPending || mutation.isSuccess,
    /** None where `changed` says it better. */
    error: changed === null ? mutation.error : null,
    changed,
    /** Something else is chosen: what was said of the former is no longer so. */
    forget() {
      setChanged(null);
      mutation.reset();
    },
    begin({ promo: code, ...purchase }: Purchase) {
      if (mutation.isPending || mutation.isSuccess) return;
      setChanged(null);
      onBegin();
      const what = JSON.stringify([purchase, code]);
      if (sent.current?.what !== what) sent.current = { what, clientId: makeUuid() };
      mutation.mutate({ ...purchase, clientId: sent.current.clientId, locale, ...(code === null ? {} : { promo: code }) });
    },
  };
}
