import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { OrderDto } from '#shared/payments.ts';
import { PayLink, Step } from './order-step.tsx';
import { payTrip } from './pay-trip.ts';

/** The bank's page is ready and waits. */
export function OrderToPay({ order, onPaid }: { order: OrderDto; onPaid: () => void }) {
  const text = useText();
  const format = useFormat();
  const { toPay: words } = usePaymentsText().order;
  const utils = trpc.useUtils();
  const cancel = trpc.payments.cancelOrder.useMutation({
    onSettled: () => Promise.all([utils.payments.order.invalidate({ id: order.id }), utils.payments.offer.invalidate()]),
  });
  const actions = (
    <>
      {order.payUrl && (
        <PayLink payUrl={order.payUrl} onGo={() => payTrip.set(order.id, 'gone')}>
          {words.go}
        </PayLink>
      )}
      <Button variant="default" onClick={onPaid}>
        {words.paid}
      </Button>
      <BusyButton
        type="button"
        variant="subtle"
        busy={cancel.isPending}
        busyLabel={words.dropping}
        onClick={() => cancel.mutate({ id: order.id })}
      >
        {words.drop}
      </BusyButton>
    </>
  );
  return (
    <>
      <Step title={words.title} actions={actions}>
        {words.until(format.dateTime(order.expiresAt))}
      </Step>
      <FormError>{cancel.error && errorText(cancel.error, text, format)}</FormError>
    </>
  );
}
