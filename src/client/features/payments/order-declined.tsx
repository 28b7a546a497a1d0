import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { OrderDto, ProviderId } from '#shared/payments.ts';
import classes from './order.module.css';
import { Step } from './order-step.tsx';
import { usePaymentWords } from './use-payment-words.ts';

/** Why it was declined, what helps, and another try: the same bank first, then the others. */
export function OrderDeclined({ order, onRetry }: { order: OrderDto; onRetry: () => void }) {
  const text = useText();
  const format = useFormat();
  const { order: all } = usePaymentsText();
  const words = all.declined;
  const bank = usePaymentWords();
  const utils = trpc.useUtils();
  const { courseSlug } = order;
  const offer = trpc.payments.offer.useQuery({ course: courseSlug ?? '' }, { enabled: courseSlug !== null });
  const retry = trpc.payments.retry.useMutation({
    onSuccess: onRetry,
    // The buttons stay busy until it is known how the order stands now.
    onSettled: () => utils.payments.order.invalidate({ id: order.id }),
  });
  // Too late for this order: the next one is at the price of then.
  const over = Date.parse(order.expiresAt) <= useNow(30_000) || appError(retry.error)?.code === 'PAYMENTS_STATE';
  const known = over ? [] : (offer.data?.providers.map(({ id }) => id) ?? (order.provider ? [order.provider] : []));
  const [first, ...others] = [...known].sort((a, b) => Number(b === order.provider) - Number(a === order.provider));
  const again = (provider: ProviderId) => !retry.isPending && retry.mutate({ id: order.id, provider });
  const busyWith = (provider: ProviderId) => retry.isPending && retry.variables.provider === provider;
  const actions = (
    <>
      {first && (
        <BusyButton type="button" busy={busyWith(first)} busyLabel={words.retrying} onClick={() => again(first)}>
          {first === order.provider ? words.retry : words.other(bank.name(first))}
        </BusyButton>
      )}
      {others.map((provider) => (
        <BusyButton
          key={provider}
          type="button"
          variant="default"
          busy={busyWith(provider)}
          busyLabel={words.retrying}
          onClick={() => again(provider)}
        >
          {words.other(bank.name(provider))}
        </BusyButton>
      ))}
      {over && courseSlug && <LinkButton href={`/pay/${courseSlug}`}>{all.closed.again}</LinkButton>}
      <LinkButton href="/support" variant="subtle">
        {all.support}
      </LinkButton>
    </>
  );
  return (
    <>
      <Step title={words.title} actions={actions}>
        {`${words.safe} ${words.why[order.decline ?? 'other']}`}
      </Step>
      {!over && offer.data && !first && <p className={classes.text}>{words.stopped}</p>}
      <FormError>{retry.error && errorText(retry.error, text, format)}</FormError>
    </>
  );
}
