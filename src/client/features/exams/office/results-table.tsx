import { Link, useLocation } from 'wouter';
import { RowMenu } from '#client/features/courses/office/row-menu.tsx';
import { shortDate } from '#client/features/courses/office/school-dates.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import type { ExamResultRowDto } from '#shared/exams-office.ts';
import classes from './results-table.module.css';

interface ResultsTableProps {
  rows: ExamResultRowDto[];
  zone: string;
  onExtra: (row: ExamResultRowDto) => void;
  onFinish: (row: ExamResultRowDto) => void;
}

/** A line for each attempt, by the school's clocks; on a phone each is a small card. */
export function ResultsTable({ rows, ...rest }: ResultsTableProps) {
  const { results: words } = useOfficeText().exams;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.column.student}</th>
          <th scope="col">{words.column.started}</th>
          <th scope="col">{words.column.state}</th>
          <th scope="col" className={classes.number}>
            {words.column.answered}
          </th>
          <th scope="col" className={classes.number}>
            {words.column.points}
          </th>
          <th scope="col" className={classes.number}>
            {words.column.score}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.attemptId} row={row} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, zone, onExtra, onFinish }: Omit<ResultsTableProps, 'rows'> & { row: ExamResultRowDto }) {
  const { results: words } = useOfficeText().exams;
  const locale = useLocale();
  const [, navigate] = useLocation();
  const { person, score } = row;
  const date = (at: string) => shortDate(locale, zone, at, serverNow());
  const name = `${person.lastName} ${person.firstName}`;
  const href = `/admin/attempts/${row.attemptId}`;
  const running = row.finishedAt === null;
  const extra = words.extra(row.extra.minutes, row.extra.attempts);
  const state = running ? (row.deadlineAt ? words.until(date(row.deadlineAt)) : words.runs) : row.finishedBy && words.ended[row.finishedBy];
  return (
    <tr>
      <td className={classes.who}>
        <Link href={href} className={classes.name}>
          {name}
        </Link>
        <span className={classes.about}>
          {[words.attempt(row.number), person.email].join(', ')}
          {extra && <span className={classes.extra}>{extra}</span>}
        </span>
      </td>
      <td className={classes.started}>
        <time dateTime={row.startedAt}>{date(row.startedAt)}</time>
      </td>
      <td className={classes.state}>
        {state}
        {score && score.waiting > 0 && <span className={classes.about}>{words.waiting(score.waiting)}</span>}
      </td>
      <td className={`${classes.number} ${classes.answered}`}>
        <span aria-hidden="true">
          <span className={classes.label}>{words.column.answered} </span>
          {words.answered(row.answered, row.tasks)}
        </span>
        <span className={type_.hidden}>{words.answeredSpoken(row.answered, row.tasks)}</span>
      </td>
      <td className={`${classes.number} ${classes.points}`}>
        {score && (
          <>
            <span aria-hidden="true">
              <span className={classes.label}>{words.column.points} </span>
              {words.pointsOf(score.points, score.maxPoints)}
            </span>
            <span className={type_.hidden}>{words.pointsSpoken(score.points, score.maxPoints)}</span>
          </>
        )}
      </td>
      <td className={`${classes.number} ${classes.score}`}>
        {score?.score != null && (
          <>
            <span aria-hidden="true">
              <span className={classes.label}>{words.column.score} </span>
              {score.score}
            </span>
            <span className={type_.hidden}>{words.testScore(score.score)}</span>
          </>
        )}
      </td>
      <td className={classes.menu}>
        <RowMenu
          name={`${name}, ${words.attempt(row.number)}`}
          actions={[
            { label: words.actOpen, act: () => navigate(href) },
            { label: words.actProfile, act: () => navigate(`/admin/students/${person.id}`) },
            { label: words.actExtra, act: () => onExtra(row), apart: true },
            ...(running ? [{ label: words.actFinish, act: () => onFinish(row) }] : []),
          ]}
        />
      </td>
    </tr>
  );
}
