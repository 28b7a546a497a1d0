import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { CourseProgressDto } from '#shared/progress.ts';
import classes from './home.module.css';

export function MyCourses({ courses }: { courses: CourseProgressDto[] }) {
  const text = useText().progress.home;
  const format = useFormat();
  return (
    <section aria-labelledby="my-courses">
      <h2 id="my-courses">{text.courses}</h2>
      <div className={classes.courses}>
        {courses.map(({ slug, title, topics, nextOpensAt }) => (
          <Link key={slug} href={`/courses/${slug}`} className={classes.course}>
            <span className={classes.courseHead}>
              <b lang="ru">{setTitle(title)}</b>
              <span>{text.topicsOf(topics.done, topics.total)}</span>
            </span>
            <ProgressBar done={topics.done} total={topics.total} thin />
            <span className={classes.courseNext}>
              {nextOpensAt === null ? text.allOpen : text.nextTopic(format.schoolTime(nextOpensAt))}
            </span>
          </Link>
        ))}
      </div>
    </section>
  );
}
