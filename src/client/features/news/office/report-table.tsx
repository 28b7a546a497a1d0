import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type_ from '#client/ui/type.module.css';
import type { NewsReportRowDto } from '#shared/news.ts';
import classes from './report-table.module.css';

/** Who, what became of it and why, when; on a phone each row is a small card of its own. */
export function ReportTable({ rows }: { rows: NewsReportRowDto[] }) {
  const { report: words } = useOfficeText().news;
  return (
    <table className={classes.table}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.student}</th>
          <th scope="col">{words.outcome}</th>
          <th scope="col">{words.time}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.personId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { personId, name, email, outcome, reason, at } }: { row: NewsReportRowDto }) {
  const { report: words } = useOfficeText().news;
  const format = useFormat();
  return (
    <tr>
      <td className={classes.who}>
        <Link href={`/admin/students/${personId}`} className={classes.name}>
          {name}
        </Link>
        <span className={classes.email}>{email}</span>
      </td>
      <td className={classes.outcome}>
        <span className={outcome === 'failed' ? classes.failed : undefined}>{words.outcomes[outcome]}</span>
        {reason && <span className={classes.reason}>{words.reasons[reason]}</span>}
      </td>
      <td className={classes.time}>{at && <time dateTime={at}>{format.dateTime(at)}</time>}</td>
    </tr>
  );
}
