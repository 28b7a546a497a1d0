import { useRef } from 'react';
import { useLocation } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { ProviderId, SubscriptionDto } from '#shared/payments.ts';
import classes from './mine.module.css';
import { payTrip } from './pay-trip.ts';
import { usePaymentWords } from './use-payment-words.ts';

/** A month could not be charged: until when the course stays open, and how it is paid all the same. */
export function PastDue({ subscription, until }: { subscription: SubscriptionDto; until: string | null }) {
  const text = useText();
  const { subscriptions: words } = usePaymentsText().mine;
  const format = useFormat();
  const locale = useLocale();
  const bank = usePaymentWords();
  const [, navigate] = useLocation();
  const { id, courseSlug, amountMinor, currency, nextChargeAt } = subscription;
  const offer = trpc.payments.offer.useQuery({ course: courseSlug ?? '' }, { enabled: courseSlug !== null });
  // Asked twice, also after an answer that was lost, it is one order.
  const clientIds = useRef(new Map<ProviderId, string>());
  const pay = trpc.payments.payPeriod.useMutation({
    onSuccess({ orderId }) {
      payTrip.set(orderId, 'going');
      navigate(`/payments/${orderId}`);
    },
  });
  const payBy = (provider: ProviderId) => {
    if (pay.isPending || pay.isSuccess) return;
    const clientId = clientIds.current.get(provider) ?? makeUuid();
    clientIds.current.set(provider, clientId);
    pay.mutate({ id, provider, clientId, locale });
  };
  const busyWith = (provider: ProviderId) => (pay.isPending || pay.isSuccess) && pay.variables?.provider === provider;
  const [first, ...others] = offer.data?.providers ?? [];
  return (
    <>
      <NoteBox tone="warn">
        <p>
          <b>{words.pastDue(format.price(amountMinor, currency))}.</b> {until && words.pastDueText(format.schoolDate(until))}
        </p>
        {nextChargeAt && <p>{words.again(format.schoolDate(nextChargeAt))}</p>}
        {until && <p>{words.closesAtOnce}</p>}
        {offer.data && !first && <p>{words.stopped}</p>}
      </NoteBox>
      {first && (
        <div className={classes.buttons}>
          <BusyButton type="button" busy={busyWith(first.id)} busyLabel={words.paying} onClick={() => payBy(first.id)}>
            {words.pay}
          </BusyButton>
          {others.map(({ id: other }) => (
            <BusyButton
              key={other}
              type="button"
              variant="subtle"
              busy={busyWith(other)}
              busyLabel={words.paying}
              onClick={() => payBy(other)}
            >
              {words.payThrough(bank.name(other))}
            </BusyButton>
          ))}
        </div>
      )}
      <FormError>{pay.error && errorText(pay.error, text, format)}</FormError>
    </>
  );
}
