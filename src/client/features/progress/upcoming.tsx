import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { HomeDto } from '#shared/progress.ts';
import classes from './home.module.css';

interface UpcomingProps {
  topics: HomeDto['upcoming'];
  /** With several courses a topic alone does not say where. */
  nameCourse: boolean;
}

export function Upcoming({ topics, nameCourse }: UpcomingProps) {
  const text = useText().progress.home;
  const format = useFormat();
  if (topics.length === 0) return null;
  return (
    <section aria-labelledby="soon">
      <h2 id="soon" className={type_.h3}>
        {text.soon}
      </h2>
      <ul className={`${layout.list} ${classes.soonList}`}>
        {topics.map(({ courseSlug, courseTitle, topicSlug, topicTitle, opensAt }) => (
          <li key={`${courseSlug}/${topicSlug}`} className={classes.soon}>
            <b>{format.schoolTime(opensAt)}</b>
            <Link href={`/courses/${courseSlug}`}>{text.soonTopic(setTitle(topicTitle))}</Link>
            {nameCourse && (
              <span lang="ru" className={type_.dim}>
                {setTitle(courseTitle)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
