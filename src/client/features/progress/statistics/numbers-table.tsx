import type { ReactNode } from 'react';
import table from '#client/ui/table.module.css';
import classes from './statistics.module.css';

interface NumbersTableProps {
  /** What opens it. */
  show: string;
  /** What the chart shows, in a sentence. */
  caption: string;
  head: [what: string, number: string];
  rows: { key: string; what: ReactNode; number: string }[];
}

/** A chart's numbers, for whoever reads rather than looks. */
export function NumbersTable({ show, caption, head, rows }: NumbersTableProps) {
  return (
    <details className={classes.details}>
      <summary>{show}</summary>
      {/* A year of days is long: it scrolls in a box that the keyboard reaches. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className={classes.tableBox} tabIndex={0} aria-label={caption}>
        <table className={`${table.table} ${classes.table}`}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{head[0]}</th>
              <th scope="col">{head[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, what, number }) => (
              <tr key={key}>
                <td>{what}</td>
                <td>{number}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
