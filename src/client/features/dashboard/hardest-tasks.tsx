import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { HardTaskDto } from '#shared/dashboard.ts';
import classes from './dashboard.module.css';

/** Where most who try get stuck: the statement or the key may be at fault. */
export function HardestTasks({ tasks }: { tasks: HardTaskDto[] }) {
  const { dashboard, clusters } = useOfficeText();
  const { hardest } = dashboard;
  const format = useFormat();
  return (
    <section aria-labelledby="dashboard-hardest" className={classes.wide}>
      <h2 id="dashboard-hardest">{hardest.title}</h2>
      {tasks.length === 0 ? (
        <p className={classes.note}>{hardest.none}</p>
      ) : (
        <>
          <p className={classes.note}>{hardest.note}</p>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{hardest.task}</th>
                <th scope="col">{hardest.unsolved}</th>
              </tr>
            </thead>
            <tbody>
              {tasks.map(({ id, title, topicTitle, courseTitle, tried, unsolved }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link href={`/admin/tasks/${id}`}>{title}</Link>
                    <span className={classes.note}>
                      {courseTitle} · {topicTitle}
                    </span>
                  </th>
                  <td>
                    <b>{format.percent(unsolved / tried)}</b>{' '}
                    <span className={classes.note}>{hardest.of(format.number(unsolved), format.number(tried))}</span>{' '}
                    <Link href={`/admin/tasks/${id}/answers`} aria-label={clusters.title(title)}>
                      {clusters.openShort}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
