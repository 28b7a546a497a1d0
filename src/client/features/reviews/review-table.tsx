import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ReviewRowDto } from '#shared/reviews.ts';
import classes from './review-queue.module.css';

/** A day is what a student is told to expect. */
const lateMs = 24 * 3_600_000;

/** A table; on a phone each row is a small card of its own, with the same order of reading. */
export function ReviewTable({ rows }: { rows: ReviewRowDto[] }) {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const { column } = reviews;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{reviews.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.student}</th>
          <th scope="col">{column.task}</th>
          <th scope="col">{column.handedIn}</th>
          <th scope="col">{column.state}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={classes.student}>
              <Link href={`/admin/review/${row.id}`}>{row.student}</Link>
            </td>
            <td className={classes.task}>
              <span lang="ru" className={classes.taskTitle}>
                {setTitle(row.taskTitle)}
              </span>
              <span className={classes.place}>
                {[
                  setTitle(row.courseTitle),
                  row.exam && reviews.ofExam(setTitle(row.exam.title), row.exam.attempt),
                  !row.exam && row.round > 1 && reviews.round(row.round),
                  row.files > 0 && reviews.files(row.files),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </td>
            <td className={classes.when} data-late={isLate(row) || undefined}>
              <time dateTime={row.handedInAt} title={format.dateTime(row.handedInAt)}>
                {format.ago(row.handedInAt)}
              </time>
            </td>
            <td className={classes.at}>
              <RowState row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isLate(row: ReviewRowDto): boolean {
  return row.state === 'waiting' && serverNow() - Date.parse(row.handedInAt) > lateMs;
}

function RowState({ row }: { row: ReviewRowDto }) {
  const { reviews } = useOfficeText();
  if (row.state === 'returned') return reviews.returned;
  if (row.state === 'accepted') return reviews.points(row.points ?? 0, row.maxPoints);
  if (!row.holder) return <span className={classes.free}>{reviews.free}</span>;
  return row.holder.mine ? reviews.heldByMe : reviews.heldBy(row.holder.name);
}
