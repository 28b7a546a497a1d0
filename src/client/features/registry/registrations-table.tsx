import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { readablePhone } from '#client/lib/phone.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import type { RegistrationsDto } from '#shared/registry.ts';
import classes from './registrations-table.module.css';

/** A table; on a phone each row is a small card of its own, with the same order of reading. */
export function RegistrationsTable({ rows }: { rows: RegistrationsDto['rows'] }) {
  const { registry } = useOfficeText();
  const format = useFormat();
  const { column } = registry;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{registry.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.registered}</th>
          <th scope="col">{column.name}</th>
          <th scope="col">{column.email}</th>
          <th scope="col">{column.phone}</th>
          <th scope="col">{column.verified}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={classes.when}>
              <time dateTime={row.registeredAt}>{format.dateTime(row.registeredAt)}</time>
            </td>
            <td className={classes.name}>
              {row.lastName} {row.firstName}
            </td>
            <td className={classes.email}>
              <a href={`mailto:${row.email}`}>{row.email}</a>
            </td>
            <td className={classes.phone}>{row.phone ? <a href={`tel:${row.phone}`}>{readablePhone(row.phone)}</a> : registry.noPhone}</td>
            <td className={row.verified ? undefined : classes.waiting}>{row.verified ? registry.verified : registry.notVerified}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
