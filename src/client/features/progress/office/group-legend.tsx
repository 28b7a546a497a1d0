import { useOfficeText } from '#client/lib/office-text.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { GroupDto } from '#shared/statistics.ts';
import type { Shade } from './group-filter.ts';
import classes from './group-legend.module.css';
import cells from './group-table.module.css';

const shades: Shade[] = ['none', 'tried', 'some', 'most', 'all'];

/** What the numbers at the head of the columns and the shades of the cells mean, in words. */
export function GroupLegend({ topics }: { topics: GroupDto['topics'] }) {
  const { group: words } = useOfficeText();
  const counted = topics.filter(({ tasks }) => tasks > 0);
  if (counted.length === 0) return <p className={classes.note}>{words.noTasks}</p>;
  return (
    <details className={classes.legend} open>
      <summary>{words.legend.title}</summary>
      <p className={classes.note}>{words.legend.cell}</p>
      <ul className={classes.shades}>
        {shades.map((shade) => (
          <li key={shade}>
            <span className={`${cells.cell} ${classes.sample}`} data-shade={shade} aria-hidden="true" />
            {words.legend.shades[shade]}
          </li>
        ))}
      </ul>
      <ol className={classes.topics} aria-label={words.legend.topics}>
        {counted.map(({ slug, number, title, tasks, open }) => (
          <li key={slug} value={number}>
            {setTitle(title)}
            <span className={classes.tasks}>
              {' '}
              {words.topicTasks(tasks)}
              {open ? '' : `, ${words.locked}`}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
