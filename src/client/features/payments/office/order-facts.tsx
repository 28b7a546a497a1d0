import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { PaymentDetailsDto } from '#shared/payments-office.ts';
import { CloseAccess } from './close-access.tsx';
import { mayBeClosed } from './held.ts';
import { money } from './money.ts';
import classes from './payment-page.module.css';

/** What was bought, by whom, for how much, and what it opens. */
export function OrderFacts({ details }: { details: PaymentDetailsDto }) {
  const { payments } = useOfficeText();
  const { card: words } = payments;
  const format = useFormat();
  const { order, person, promo, subscriptionIn } = details;
  const { title, courseSlug, plan, amountMinor, listMinor, currency, createdAt, paidAt, expiresAt, period, receiptUrl, email } = order;
  const facts: [term: string, fact: ReactNode][] = [
    [words.fact.person, <Buyer key="buyer" person={person} />],
    [words.fact.email, email],
    [
      words.fact.what,
      <Fragment key="what">
        {courseSlug ? (
          <Link lang="ru" href={`/admin/courses/${courseSlug}`}>
            {setTitle(title)}
          </Link>
        ) : (
          setTitle(title)
        )}
        , {payments.plan[plan]}
      </Fragment>,
    ],
    [
      words.fact.sum,
      <Fragment key="sum">
        <b>{money(format, amountMinor, currency)}</b>
        {listMinor !== amountMinor && ` ${words.listPrice(money(format, listMinor, currency))}`}
      </Fragment>,
    ],
  ];
  if (promo) facts.push([words.fact.promo, promo]);
  facts.push([words.fact.created, format.dateTime(createdAt)]);
  if (paidAt) facts.push([words.fact.paid, format.dateTime(paidAt)]);
  else if (order.view === 'opening' || order.view === 'to-pay' || order.view === 'declined')
    facts.push([words.fact.expires, format.dateTime(expiresAt)]);
  if (period) facts.push([words.fact.period, words.period(format.date(period.from), format.date(period.until))]);
  if (subscriptionIn) facts.push([words.fact.subscription, <SubscriptionsLink key="link" person={person} filter={subscriptionIn} />]);
  facts.push([words.fact.access, <Access key="access" entitlement={details.entitlement} />]);
  if (receiptUrl)
    facts.push([
      words.fact.receipt,
      <a key="receipt" href={receiptUrl} target="_blank" rel="noreferrer">
        {words.receipt}
      </a>,
    ]);
  return (
    <section aria-labelledby="order">
      <h2 id="order">{words.order}</h2>
      <dl className={classes.facts}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {mayBeClosed(details) && <CloseAccess orderId={order.id} />}
    </section>
  );
}

function Buyer({ person }: { person: PaymentDetailsDto['person'] }) {
  const { payments } = useOfficeText();
  return person ? <Link href={`/admin/students/${person.id}`}>{person.name}</Link> : payments.noPerson;
}

/** To where it is listed: the list shows those of one state at a time. */
function SubscriptionsLink({
  person,
  filter,
}: {
  person: PaymentDetailsDto['person'];
  filter: NonNullable<PaymentDetailsDto['subscriptionIn']>;
}) {
  const { subscriptions: words } = useOfficeText().payments;
  const search = new URLSearchParams({ ...(person && { q: person.email }), filter });
  return <Link href={`/admin/payments/subscriptions?${search}`}>{words.of[filter]}</Link>;
}

function Access({ entitlement }: { entitlement: PaymentDetailsDto['entitlement'] }) {
  const { access: words } = useOfficeText().payments.card;
  const format = useFormat();
  if (!entitlement) return words.none;
  const { from, until, endedAt } = entitlement;
  if (endedAt) return words.ended(format.dateTime(endedAt));
  return until ? words.until(format.date(from), format.date(until)) : words.forGood(format.date(from));
}
