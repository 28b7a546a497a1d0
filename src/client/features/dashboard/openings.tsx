import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import type { OpeningDto } from '#shared/dashboard.ts';
import type { OfficeCatalogue } from '#shared/i18n/office-catalogue.ts';
import classes from './dashboard.module.css';

/** Topics of the coming week; what they lack is said while there is time. */
export function Openings({ openings }: { openings: OpeningDto[] }) {
  const words = useOfficeText().dashboard.openings;
  const format = useFormat();
  return (
    <section aria-labelledby="dashboard-openings">
      <h2 id="dashboard-openings">{words.title}</h2>
      {openings.length === 0 ? (
        <p className={classes.note}>{words.none}</p>
      ) : (
        <ul className={`${layout.list} ${classes.rows}`}>
          {openings.map((topic) => {
            const missing = lacks(topic, words);
            return (
              <li key={topic.id}>
                <Link href={`/admin/courses/${topic.courseSlug}`}>{topic.title}</Link>
                <span className={classes.note}>
                  {topic.courseTitle} · {format.schoolDateTime(topic.opensAt)}
                </span>
                {missing.length > 0 ? (
                  <span className={classes.warn}>
                    <IconAlertTriangle {...icon.sm} />
                    {missing.join('. ')}
                  </span>
                ) : (
                  <span className={classes.note}>{words.ready(topic.tasks)}</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function lacks(topic: OpeningDto, words: OfficeCatalogue['dashboard']['openings']): string[] {
  return [
    topic.draft && words.draft,
    topic.tasks === 0 && topic.taskDrafts === 0 && words.noTasks,
    topic.taskDrafts > 0 && words.taskDrafts(topic.taskDrafts),
    !topic.theory && words.noTheory,
  ].filter((line) => line !== false);
}
