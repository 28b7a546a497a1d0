import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import type { PaymentDetailsDto } from '#shared/payments-office.ts';
import { issueWords } from './issue-words.ts';
import { money } from './money.ts';
import classes from './payment-page.module.css';
import shared from './payments.module.css';

/** Every kopeck that came or went. */
export function Ledger({ details: { ledger, attempts, order } }: { details: PaymentDetailsDto }) {
  const { card: words } = useOfficeText().payments;
  const format = useFormat();
  const currencyOf = (id: string) => attempts.find((attempt) => attempt.id === id)?.currency ?? order.currency;
  // Of several currencies where money came in another one than was asked for.
  const totals = new Map<string, number>();
  for (const { attemptId, amountMinor } of ledger) {
    const currency = currencyOf(attemptId);
    totals.set(currency, (totals.get(currency) ?? 0) + amountMinor);
  }
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
            {ledger.map(({ at, kind, amountMinor, attemptId }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added, above, and two refunds may be alike in everything
              <tr key={ledger.length - index}>
                <td>{format.dateTime(at)}</td>
                <td>{words.entry[kind]}</td>
                <td className={classes.amount}>{money(format, amountMinor, currencyOf(attemptId))}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {[...totals].map(([currency, total]) => (
              <tr key={currency}>
                <th scope="row" colSpan={2}>
                  {words.total}
                </th>
                <td className={classes.amount}>{money(format, total, currency)}</td>
              </tr>
            ))}
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
        {issues.map(({ id, kind, detail, resolvedAt }) => {
          // What the bank named stands in the list of issues; a sum that it did not name is what is looked for here.
          const { title, todo } = issueWords(payments.issues, { kind, detail, resolvedAt, foundMinor: null, ofOrder: true });
          return (
            <li key={id} className={classes.event}>
              <Link href={`/admin/payments/issues?${new URLSearchParams({ ...(resolvedAt && { show: 'resolved' }), kind })}`}>{title}</Link>
              <span className={shared.small}>{resolvedAt ? words.resolved : words.open}</span>
              {resolvedAt === null && <p className={classes.todo}>{todo}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
