import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { PaymentRowDto } from '#shared/payments-office.ts';
import { money } from './money.ts';
import classes from './payment-list.module.css';
import { PaymentState } from './payment-state.tsx';

/**
 * A table; on a phone each order is a small card of its own.
 * @param ofOne all are of one student, who is named above
 */
export function PaymentTable({ rows, ofOne = false }: { rows: PaymentRowDto[]; ofOne?: boolean }) {
  const { list: words } = useOfficeText().payments;
  const { column } = words;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.order}</th>
          {!ofOne && <th scope="col">{column.person}</th>}
          <th scope="col">{column.what}</th>
          <th scope="col" className={classes.number}>
            {column.sum}
          </th>
          <th scope="col">{column.state}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PaymentRow key={row.id} row={row} ofOne={ofOne} />
        ))}
      </tbody>
    </table>
  );
}

function PaymentRow({ row, ofOne }: { row: PaymentRowDto; ofOne: boolean }) {
  const { payments: words } = useOfficeText();
  const format = useFormat();
  const { id, number, at, person, title, plan, provider, amountMinor, refundedMinor, currency, view, attention } = row;
  return (
    <tr>
      <td className={classes.order}>
        <Link
          href={`/admin/payments/${id}`}
          className={classes.link}
          aria-label={words.list.spoken(number, person?.name ?? words.noPerson)}
        >
          {words.list.number(number)}
        </Link>
        <time dateTime={at} className={classes.dim}>
          {format.dateTime(at)}
        </time>
      </td>
      {!ofOne && (
        <td className={classes.who}>
          <span className={person ? type_.strong : classes.dim}>{person?.name ?? words.noPerson}</span>
          {person && <span className={classes.dim}>{person.email}</span>}
        </td>
      )}
      <td className={ofOne ? `${classes.what} ${classes.first}` : classes.what}>
        <span lang="ru">{setTitle(title)}</span>
        <span className={classes.dim}>
          {words.plan[plan]}
          {provider && ` · ${words.provider[provider]}`}
        </span>
      </td>
      <td className={classes.number}>
        {money(format, amountMinor, currency)}
        {refundedMinor > 0 && refundedMinor < amountMinor && (
          <span className={classes.dim}>{words.partlyRefunded(money(format, refundedMinor, currency))}</span>
        )}
      </td>
      <td className={classes.state}>
        <span className={classes.tags}>
          <PaymentState view={view} attention={attention} />
        </span>
      </td>
    </tr>
  );
}
