import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useSite } from '#client/lib/me.ts';
import { serverNow } from '#client/lib/now.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OfferDto, PaymentPlan } from '#shared/payments.ts';
import classes from './checkout.module.css';
import { nextChargeDay } from './next-charge.ts';
import { AppliedPromo, PromoField } from './promo-field.tsx';
import type { useCheckout } from './use-checkout.ts';
import type { PromoState } from './use-promo.ts';

interface CheckoutOrderProps {
  offer: OfferDto;
  plan: PaymentPlan;
  listMinor: number;
  amountMinor: number;
  promo: PromoState;
  checkout: ReturnType<typeof useCheckout>;
  consent: { given: boolean; missing: boolean };
  onConsent: (given: boolean) => void;
  /** Where the button leads. */
  page: string | undefined;
}

/** What is paid for and how much it is, down to the button. */
export function CheckoutOrder({ offer, plan, listMinor, amountMinor, promo, checkout, consent, onConsent, page }: CheckoutOrderProps) {
  const text = useText();
  const { checkout: words } = usePaymentsText();
  const format = useFormat();
  const zone = useSite()?.timeZone ?? 'Europe/Moscow';
  const price = (minor: number) => format.price(minor, offer.currency);
  const monthly = plan === 'month';
  const { changed } = checkout;
  const problem =
    changed === 'promo'
      ? words.promo.gone
      : changed
        ? words.priceChanged(format.price(changed.amountMinor, changed.currency))
        : checkout.error && errorText(checkout.error, text, format);
  return (
    <section aria-labelledby="order-title" className={`${layout.card} ${classes.order}`}>
      <h2 id="order-title">{words.order.title}</h2>
      <dl className={classes.lines}>
        <div className={classes.line}>
          <dt>
            <span lang="ru" className={classes.course}>
              {setTitle(offer.course.title)}
            </span>
            {monthly ? words.order.firstMonth : words.order.forever}
          </dt>
          <dd>{price(listMinor)}</dd>
        </div>
        {promo.applied && <AppliedPromo code={promo.applied.code} off={`−${price(listMinor - amountMinor)}`} onRemove={promo.remove} />}
        <div className={`${classes.line} ${classes.total}`}>
          <dt>{words.order.total}</dt>
          <dd aria-live="polite">{format.sum(amountMinor, offer.currency)}</dd>
        </div>
      </dl>
      {monthly && <p className={classes.later}>{words.order.later(price(offer.month ?? 0))}</p>}
      <PromoField promo={promo} />
      {monthly && (
        <Checkbox
          id="charges"
          size="sm"
          radius="sm"
          checked={consent.given}
          label={words.consent(price(offer.month ?? 0), format.day(nextChargeDay(serverNow(), zone)))}
          error={consent.missing && <FieldError>{words.consentNeed}</FieldError>}
          onChange={(event) => onConsent(event.currentTarget.checked)}
          classNames={{ label: classes.consent }}
        />
      )}
      <FormError>{problem}</FormError>
      <BusyButton size="lg" fullWidth busy={checkout.busy} busyLabel={words.order.busy} unavailable={promo.busy}>
        {amountMinor === 0 ? words.order.free : words.order.pay(price(amountMinor))}
      </BusyButton>
      {amountMinor > 0 && (
        <p className={classes.small}>
          {page} {words.order.receipt} <span className={classes.email}>{offer.email}</span>.
        </p>
      )}
    </section>
  );
}
