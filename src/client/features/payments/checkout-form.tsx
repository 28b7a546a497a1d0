import { type FormEvent, useRef, useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { OfferDto, PaymentPlan, ProviderId } from '#shared/payments.ts';
import classes from './checkout.module.css';
import { CheckoutOrder } from './checkout-order.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { replacesSubscription } from './offer-plans.ts';
import { useCheckout } from './use-checkout.ts';
import { usePaymentWords } from './use-payment-words.ts';
import { usePromo } from './use-promo.ts';

const empty = { plan: '', provider: '', promo: '' };

interface CheckoutFormProps {
  offer: OfferDto;
  plans: PaymentPlan[];
  /** Keeps the page as it is while the order is made. */
  onHold: (held: boolean) => void;
}

/** Choices on the left, the order with its one button on the right. The draft outlives a reload; the consent is given anew each time. */
export function CheckoutForm({ offer, plans, onHold }: CheckoutFormProps) {
  const { checkout: words } = usePaymentsText();
  const format = useFormat();
  const bank = usePaymentWords();
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, forget } = useDraft(`pay.${offer.course.slug}`, empty);
  const [consent, setConsent] = useState({ given: false, missing: false });
  const plan = oneOf(plans, draft.plan) ?? 'once';
  const provider = oneOf(
    offer.providers.map(({ id }) => id),
    draft.provider,
  );
  const promo = usePromo({ course: offer.course.slug, plan, typed: String(draft.promo), onType: (code) => change({ promo: code }) });
  const checkout = useCheckout({ promo, onBegin: () => onHold(true), onRefused: () => onHold(false), onOrdered: forget });
  const choose = (part: Partial<typeof empty>) => {
    if (checkout.busy) return;
    checkout.forget();
    change(part);
  };
  const listMinor = (plan === 'once' ? offer.once : offer.month) ?? 0;
  const { applied } = promo;
  const amountMinor = applied?.amountMinor ?? listMinor;
  const price = (minor: number) => format.price(minor, offer.currency);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (promo.busy || !provider) return;
    // A code that was typed and not tried yet: nobody pays a price that they have not seen.
    if (promo.open && promo.typed.trim() !== '' && !applied && promo.refusal === null) {
      checkout.forget();
      return promo.apply();
    }
    if (plan === 'month' && !consent.given) {
      setConsent({ given: false, missing: true });
      form.current?.querySelector<HTMLInputElement>('#charges')?.focus();
      return;
    }
    checkout.begin({
      course: offer.course.slug,
      plan,
      provider,
      promo: applied?.code ?? null,
      expectedMinor: amountMinor,
      agreesToCharges: plan === 'month' && consent.given,
    });
  }

  const planCards = plans.map((value) =>
    value === 'once'
      ? { value, name: words.plans.once.name, about: words.plans.once.about, price: price(offer.once ?? 0) }
      : { value, name: words.plans.month.name, about: words.plans.month.about, price: words.plans.month.price(price(offer.month ?? 0)) },
  );
  // Only a card can be charged again next month.
  const waysOf = (id: ProviderId) => (plan === 'month' ? ['card' as const] : (offer.providers.find((one) => one.id === id)?.ways ?? []));
  const isTest = offer.providers.find(({ id }) => id === provider)?.test ?? false;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      {isTest && <NoteBox className={classes.note}>{words.test}</NoteBox>}
      <div className={classes.split}>
        <div className={classes.choices}>
          <div>
            <ChoiceCards legend={words.plans.legend} choices={planCards} value={plan} onChange={(value) => choose({ plan: value })} />
            {replacesSubscription(offer, plan) && <NoteBox className={classes.note}>{words.replaces}</NoteBox>}
          </div>
          {offer.providers.length > 1 && provider && amountMinor > 0 && (
            <ChoiceCards
              legend={words.providers.legend}
              choices={offer.providers.map(({ id }) => ({ value: id, name: bank.name(id), about: bank.ways(waysOf(id), true) }))}
              value={provider}
              onChange={(value) => choose({ provider: value })}
            />
          )}
        </div>
        <CheckoutOrder
          offer={offer}
          plan={plan}
          listMinor={listMinor}
          amountMinor={amountMinor}
          promo={promo}
          checkout={checkout}
          consent={consent}
          onConsent={(given) => setConsent({ given, missing: false })}
          page={provider && words.providers.page(provider, bank.ways(waysOf(provider), false))}
        />
      </div>
    </form>
  );
}

/** What was chosen, as long as it is still offered; the first otherwise. */
function oneOf<T extends string>(offered: readonly T[], chosen: unknown): T | undefined {
  return offered.find((one) => one === chosen) ?? offered[0];
}
