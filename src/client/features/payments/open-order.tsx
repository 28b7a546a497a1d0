import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import classes from './checkout.module.css';

/** Somebody began to pay and went away: the order waits, and stands in the way of another one until it is given up. */
export function OpenOrder({ orderId, course }: { orderId: string; course: string }) {
  const text = useText();
  const format = useFormat();
  const { openOrder: words } = usePaymentsText().checkout;
  const utils = trpc.useUtils();
  const cancel = trpc.payments.cancelOrder.useMutation({
    // It may have been paid meanwhile: whichever way it went, the page is asked for anew.
    onSettled: () => Promise.all([utils.payments.offer.invalidate({ course }), utils.payments.order.invalidate({ id: orderId })]),
  });
  const action = (
    <>
      <div className={classes.buttons}>
        <LinkButton href={`/payments/${orderId}`}>{words.go}</LinkButton>
        <BusyButton
          type="button"
          variant="default"
          busy={cancel.isPending}
          busyLabel={words.dropping}
          onClick={() => cancel.mutate({ id: orderId })}
        >
          {words.drop}
        </BusyButton>
      </div>
      <FormError>{cancel.error && errorText(cancel.error, text, format)}</FormError>
    </>
  );
  return (
    <EmptyState level={1} title={words.title} action={action} className={classes.note}>
      {words.text}
    </EmptyState>
  );
}
