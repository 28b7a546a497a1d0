import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OfferDto } from '#shared/payments.ts';
import classes from './checkout.module.css';
import { CheckoutForm } from './checkout-form.tsx';
import { isMonthDue, plansOf } from './offer-plans.ts';
import { OpenOrder } from './open-order.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

interface CheckoutOfferProps {
  offer: OfferDto;
  checking: boolean;
  onCheck: () => unknown;
  onHold: (held: boolean) => void;
}

/** What can be bought here now: the form, or why there is none and what to do instead. */
export function CheckoutOffer({ offer, checking, onCheck, onHold }: CheckoutOfferProps) {
  const { checkout: words } = usePaymentsText();
  const format = useFormat();
  const { owned, course } = offer;
  const plans = plansOf(offer);
  // What was pressed goes with what it stood in: an order that was given up, a provider that works again.
  useKeptFocus(() => document.querySelector<HTMLElement>('main h1'), `${plans} ${offer.openOrder} ${offer.providers.length > 0}`);
  const open = <LinkButton href={`/courses/${course.slug}`}>{words.openCourse}</LinkButton>;
  // To a moderator every course is open, also one that is sold.
  if (owned?.how === 'free' && offer.once === null && offer.month === null) {
    return (
      <EmptyState level={1} title={words.owned.free} action={open} className={classes.note}>
        {words.owned.freeText}
      </EmptyState>
    );
  }
  if (owned?.until === null) {
    return (
      <EmptyState level={1} title={words.owned.title} action={open} className={classes.note}>
        {words.owned.text}
      </EmptyState>
    );
  }
  if (owned && plans.length === 0) {
    const isDue = isMonthDue(offer);
    const title = isDue ? words.owned.due : words.owned.paidUntil(format.schoolDate(offer.subscription?.paidUntil ?? owned.until));
    const toPayments = (
      <LinkButton href="/profile/payments" variant={isDue ? 'filled' : 'default'}>
        {isDue ? words.owned.payMonth : words.owned.toPayments}
      </LinkButton>
    );
    const action = isDue ? (
      toPayments
    ) : (
      <div className={classes.buttons}>
        {open}
        {toPayments}
      </div>
    );
    return (
      <EmptyState level={1} title={title} className={classes.note} action={action}>
        {isDue ? words.owned.openUntil(format.schoolDate(owned.until)) : words.owned.subscription}
      </EmptyState>
    );
  }
  if (plans.length === 0) {
    const support = <LinkButton href="/support">{words.notForSale.support}</LinkButton>;
    return (
      <EmptyState level={1} title={words.notForSale.title} action={support} className={classes.note}>
        {words.notForSale.text}
      </EmptyState>
    );
  }
  if (offer.openOrder !== null) return <OpenOrder orderId={offer.openOrder} course={course.slug} />;
  if (offer.providers.length === 0) {
    const again = (
      <BusyButton type="button" variant="default" busy={checking} busyLabel={words.stopped.checking} onClick={onCheck}>
        {words.stopped.again}
      </BusyButton>
    );
    return (
      <EmptyState level={1} title={words.stopped.title} action={again} className={classes.note}>
        {`${setTitle(course.title)}. ${words.stopped.text}`}
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className={classes.title}>{words.title}</h1>
      <CheckoutForm offer={offer} plans={plans} onHold={onHold} />
    </>
  );
}
