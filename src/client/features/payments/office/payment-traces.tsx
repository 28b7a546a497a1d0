import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import type { PaymentDetailsDto } from '#shared/payments.ts';
import { money } from './money.ts';
import classes from './payment-page.module.css';
import shared from './payments.module.css';

/** Every kopeck that came or went. */
export function Ledger({ details: { ledger, order } }: { details: PaymentDetailsDto }) {
  const { card: words } = useOfficeText().payments;
  const format = useFormat();
  const total = ledger.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{words.ledger}</h2>
      {ledger.length === 0 ? (
        <p className={shared.small}>{words.noLedger}</p>
      ) : (
        <table className={`${table.table} ${classes.ledger}`}>
          <caption className={type_.hidden}>{words.ledger}</caption>
          <thead>
            <tr>
              <th scope="col">{words.column.when}</th>
              <th scope="col">{words.column.what}</th>
              <th scope="col" className={classes.amount}>
                {words.column.sum}
              </th>
            </tr>
          </thead>
          <tbody>
            {ledger.map(({ at, kind, amountMinor }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added, above, and two refunds may be alike in everything
              <tr key={ledger.length - index}>
                <td>{format.dateTime(at)}</td>
                <td>{words.entry[kind]}</td>
                <td className={classes.amount}>{money(format, amountMinor, order.currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {words.total}
              </th>
              <td className={classes.amount}>{money(format, total, order.currency)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}

/** What the bank told, newest first; folded away, for who looks into it. */
export function BankEvents({ details: { events } }: { details: PaymentDetailsDto }) {
  const { payments } = useOfficeText();
  const { card: words } = payments;
  const format = useFormat();
  if (events.length === 0) return <p className={shared.small}>{words.noEvents}</p>;
  return (
    <details className={classes.events}>
      <summary>{words.events(events.length)}</summary>
      <ul className={layout.list}>
        {events.map(({ id, provider, kind, receivedAt, outcome }) => (
          <li key={id} className={classes.event}>
            <span>
              {payments.provider[provider]} <code className={shared.code}>{kind}</code>
            </span>
            <span className={shared.small}>
              {format.dateTime(receivedAt)}, {outcome === null ? words.waiting : (words.outcome[outcome] ?? outcome)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What did not agree about this order. */
export function OrderIssues({ details: { issues } }: { details: PaymentDetailsDto }) {
  const { payments } = useOfficeText();
  const { card: words } = payments;
  if (issues.length === 0) return null;
  return (
    <section aria-labelledby="order-issues">
      <h2 id="order-issues">{words.issues}</h2>
      <ul className={`${layout.list} ${classes.issues}`}>
        {issues.map(({ id, kind, resolvedAt }) => (
          <li key={id} className={classes.event}>
            <Link href={resolvedAt ? '/admin/payments/issues?show=resolved' : '/admin/payments/issues'}>
              {payments.issues.words[kind].title}
            </Link>
            <span className={shared.small}>{resolvedAt ? words.resolved : words.open}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
