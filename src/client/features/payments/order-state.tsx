import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OrderDto } from '#shared/payments.ts';
import classes from './order.module.css';
import { OrderDeclined } from './order-declined.tsx';
import { PayLink, Step } from './order-step.tsx';
import { OrderToPay } from './order-to-pay.tsx';
import { longAfterMs } from './order-waiting.ts';
import { payTrip } from './pay-trip.ts';
import { useLong } from './use-long.ts';
import type { useOrder } from './use-order.ts';

interface OrderStateProps {
  order: OrderDto;
  trip: ReturnType<typeof useOrder>;
}

/** Where the order stands, in one line and what may be done. */
export function OrderState({ order, trip }: OrderStateProps) {
  const { order: words } = usePaymentsText();
  const pay = order.courseSlug && `/pay/${order.courseSlug}`;
  switch (order.view) {
    case 'opening':
      return <Opening />;
    case 'to-pay':
      if (trip.leaving) return <Leaving payUrl={order.payUrl} />;
      if (trip.cameBack) return <Checking order={order} />;
      return <OrderToPay order={order} onPaid={trip.comeBack} />;
    case 'checking':
      return <Checking order={order} />;
    case 'paid':
      return <Paid order={order} />;
    case 'declined':
      return <OrderDeclined order={order} onRetry={trip.go} />;
    case 'held':
      return (
        <Step title={words.held.title} actions={<LinkButton href="/support">{words.support}</LinkButton>}>
          {words.held.text}
        </Step>
      );
    case 'closed':
      return (
        <Step title={words.closed.title} actions={pay && <LinkButton href={pay}>{words.closed.again}</LinkButton>}>
          {words.closed.text}
        </Step>
      );
    case 'refunded':
      return <Step title={words.refunded.title}>{words.refunded.text}</Step>;
  }
}

function Opening() {
  const { opening: words } = usePaymentsText().order;
  const long = useLong(longAfterMs.opening);
  return (
    <Step title={words.title} waiting>
      {long ? words.long : words.text}
    </Step>
  );
}

function Leaving({ payUrl }: { payUrl: string | null }) {
  const { opening: words, toPay } = usePaymentsText().order;
  return (
    <Step title={words.title} waiting actions={payUrl && <PayLink payUrl={payUrl}>{toPay.go}</PayLink>}>
      {words.leaving}
    </Step>
  );
}

function Checking({ order: { id, payUrl } }: { order: OrderDto }) {
  const { checking: words } = usePaymentsText().order;
  const long = useLong(longAfterMs.checking);
  return (
    <>
      <Step title={words.title} waiting>
        {long ? words.long : words.text}
      </Step>
      {payUrl && (
        <div className={classes.state}>
          <p className={classes.text}>{words.notPaid}</p>
          <div className={classes.actions}>
            <PayLink payUrl={payUrl} plain onGo={() => payTrip.set(id, 'gone')}>
              {words.back}
            </PayLink>
          </div>
        </div>
      )}
    </>
  );
}

function Paid({ order }: { order: OrderDto }) {
  const { order: all } = usePaymentsText();
  const words = all.paid;
  const format = useFormat();
  const { courseSlug, receiptUrl, refundedMinor, amountMinor } = order;
  const said = [
    courseSlug !== null && refundedMinor === 0 && words.open(setTitle(order.title)),
    refundedMinor > 0 && words.returned(format.sum(refundedMinor, order.currency)),
    !receiptUrl && amountMinor > 0 && words.receipt(order.email),
  ];
  const actions = (
    <>
      {courseSlug && <LinkButton href={`/courses/${courseSlug}`}>{words.opened}</LinkButton>}
      {receiptUrl && (
        <a href={receiptUrl} target="_blank" rel="noreferrer" {...buttonLook({ variant: 'default' })}>
          {words.receiptLink}
        </a>
      )}
      {order.plan === 'month' && (
        <LinkButton href="/profile/payments" variant="subtle">
          {words.subscription}
        </LinkButton>
      )}
      <Button variant="subtle" onClick={() => window.print()}>
        {words.print}
      </Button>
    </>
  );
  return (
    <>
      <Step title={amountMinor === 0 ? words.free : words.title} actions={actions}>
        {said.filter(Boolean).join(' ')}
      </Step>
      {order.test && <NoteBox className={`${classes.note} ${classes.state}`}>{words.test}</NoteBox>}
    </>
  );
}
