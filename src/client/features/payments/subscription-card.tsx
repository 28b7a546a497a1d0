import { useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { SubscriptionDto } from '#shared/payments.ts';
import classes from './mine.module.css';
import { PastDue } from './past-due.tsx';
import { isResumable, openUntil, standingOf } from './subscription-state.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** Cancelled in one click, which is taken back by another one in the same place. */
export function SubscriptionCard({ subscription }: { subscription: SubscriptionDto }) {
  const text = useText();
  const { subscriptions: words } = usePaymentsText().mine;
  const format = useFormat();
  const now = useNow(60_000);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, setSaid] = useState('');
  const change = useChange(subscription);
  const { id, courseSlug, amountMinor, currency, paidUntil, nextChargeAt, cancelledAt, mask } = subscription;
  const standing = standingOf(subscription);
  const until = openUntil(subscription, now);
  const day = (at: string) => format.schoolDate(at);
  const title = setTitle(subscription.title);
  const cancelledWords = (at: string | null) => (at ? words.cancelled(day(at)) : words.cancelledNow);
  const line = {
    charging: words.charging,
    due: null,
    running: [paidUntil && words.paidUntil(day(paidUntil)), nextChargeAt && words.next(day(nextChargeAt), mask)].filter(Boolean).join('. '),
    cancelled: cancelledWords(until),
    over: until ? words.ended(day(until)) : cancelledAt ? words.cancelledNow : words.endedNow,
  }[standing];

  function cancel() {
    change.cancel.mutate({ id }, { onSuccess: (changed) => setSaid(cancelledWords(openUntil(changed, now))) });
  }
  function resume() {
    const resumed = (next: string | null) => (next ? words.resumed(day(next)) : words.resumedNow);
    change.resume.mutate({ id }, { onSuccess: (changed) => setSaid(resumed(changed.nextChargeAt)) });
  }
  const busy = change.cancel.isPending || change.resume.isPending;
  const isCancellable = standing === 'running' || standing === 'due';
  // One button in one place: what was pressed stays under the finger and keeps the focus.
  const switcher = isCancellable
    ? { label: words.cancelOf(title), name: words.cancel, busyLabel: words.cancelling, onClick: cancel }
    : isResumable(subscription, now) && { label: words.resumeOf(title), name: words.resume, busyLabel: words.resuming, onClick: resume };
  useKeptFocus(() => heading.current, standing);
  return (
    <article className={`${layout.card} ${classes.subscription}`} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h3 ref={heading} id={titleId} className={classes.name}>
          {courseSlug ? <Link href={`/courses/${courseSlug}`}>{title}</Link> : title}
        </h3>
        <span className={classes.sum}>{words.perMonth(format.price(amountMinor, currency))}</span>
      </div>
      {standing === 'due' && <PastDue subscription={subscription} until={until} />}
      {line && (
        <p className={classes.dim}>
          {line}. {standing === 'cancelled' && mask === null && until && words.noCard}
        </p>
      )}
      <div className={classes.buttons}>
        {switcher && (
          <BusyButton
            type="button"
            variant="default"
            busy={busy}
            busyLabel={switcher.busyLabel}
            label={busy ? undefined : switcher.label}
            onClick={switcher.onClick}
          >
            {switcher.name}
          </BusyButton>
        )}
        {standing === 'over' && !until && courseSlug && (
          <LinkButton href={`/pay/${courseSlug}`} variant="default">
            {words.subscribeAgain}
          </LinkButton>
        )}
      </div>
      <FormError>{change.error && errorText(change.error, text, format)}</FormError>
      <span role="status" className={type_.hidden}>
        {said}
      </span>
    </article>
  );
}

/** The answer is the subscription as it stands now: it goes straight into the list. */
function useChange({ id }: SubscriptionDto) {
  const utils = trpc.useUtils();
  const put = (changed: SubscriptionDto) =>
    utils.payments.mine.setData(
      undefined,
      (before) => before && { ...before, subscriptions: before.subscriptions.map((one) => (one.id === id ? changed : one)) },
    );
  const options = {
    onSuccess: put,
    // Which card is in use, and what else has changed with it.
    onSettled: () => utils.payments.mine.invalidate(),
  };
  const cancel = trpc.payments.cancelSubscription.useMutation(options);
  const resume = trpc.payments.resumeSubscription.useMutation(options);
  const latest = cancel.submittedAt > resume.submittedAt ? cancel : resume;
  return { cancel, resume, error: latest.error };
}
