import type { ReactNode } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OrderDto } from '#shared/payments.ts';
import classes from './order.module.css';

/** What was ordered, in figures; printed, it is the school's receipt. */
export function OrderFacts({ order }: { order: OrderDto }) {
  const { facts: words } = usePaymentsText().order;
  const format = useFormat();
  const me = useMe();
  const price = (minor: number) => format.sum(minor, order.currency);
  const discounted = order.listMinor !== order.amountMinor;
  return (
    <section className={`${classes.facts} ${classes.receipt}`} aria-label={words.label}>
      <p className={classes.printed}>{words.school}</p>
      <dl>
        <Fact name={words.number}>{order.number}</Fact>
        <Fact name={words.course}>{`${setTitle(order.title)}${order.plan === 'once' ? `, ${words.once}` : ''}`}</Fact>
        {order.period && (
          <Fact name={words.period}>{words.from(format.schoolDate(order.period.from), format.schoolDate(order.period.until))}</Fact>
        )}
        {discounted && <Fact name={words.list}>{price(order.listMinor)}</Fact>}
        {discounted && <Fact name={words.discount}>{`−${price(order.listMinor - order.amountMinor)}`}</Fact>}
        <Fact name={words.sum}>
          <span className={classes.sum}>{price(order.amountMinor)}</span>
        </Fact>
        <Fact name={words.created}>{format.paperDateTime(order.createdAt)}</Fact>
        {order.paidAt && order.amountMinor > 0 && <Fact name={words.paid}>{format.paperDateTime(order.paidAt)}</Fact>}
        {order.paidWith && <Fact name={words.with}>{order.paidWith}</Fact>}
        {order.refunds.map(({ id, amountMinor, at, done }) => (
          <Fact key={id} name={(done ? words.refund : words.refunding)(format.date(at))}>
            {price(amountMinor)}
          </Fact>
        ))}
        {me && order.paidAt && order.amountMinor > 0 && (
          <Fact name={words.payer}>
            {me.firstName} {me.lastName}
            <br />
            {order.email}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
