import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { DashboardDto, UnfinishedDto } from '#shared/dashboard.ts';
import classes from './dashboard.module.css';

/** What students do not see yet, or not as it stands here. */
export function Unfinished({ unfinished: { items, total } }: { unfinished: DashboardDto['unfinished'] }) {
  const words = useOfficeText().dashboard.unfinished;
  const format = useFormat();
  return (
    <section aria-labelledby="dashboard-unfinished">
      <h2 id="dashboard-unfinished">{words.title}</h2>
      {items.length === 0 && (
        <>
          <p className={classes.lead}>{words.none}</p>
          <p className={classes.note}>{words.noneText}</p>
        </>
      )}
      {items.length > 0 && (
        <ul className={`${layout.list} ${classes.rows}`}>
          {items.map((item) => (
            <li key={`${item.kind} ${item.id}`}>
              <span>
                <Link href={hrefOf(item)}>{item.title}</Link>{' '}
                <span className={item.state === 'draft' ? classes.draft : layout.tag}>{words[item.state]}</span>
              </span>
              <span className={classes.note}>
                {words.kinds[item.kind]}
                {item.kind !== 'course' && item.kind !== 'description' && ` · ${item.courseTitle}`}
                {item.editedAt && ` · ${item.editedBy ? words.by(item.editedBy, format.ago(item.editedAt)) : format.ago(item.editedAt)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {total > items.length && <p className={classes.note}>{words.more(total - items.length)}</p>}
    </section>
  );
}

function hrefOf({ kind, id, courseSlug }: UnfinishedDto): string {
  switch (kind) {
    case 'task':
      return `/admin/tasks/${id}`;
    case 'theory':
      return `/admin/theory/${id}`;
    case 'description':
      return `/admin/descriptions/${id}`;
    case 'topic':
    case 'course':
      return `/admin/courses/${courseSlug}`;
  }
}
