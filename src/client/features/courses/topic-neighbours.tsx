import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import type { TopicDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './topic.module.css';

export function TopicNeighbours({ topic: { course, previous, next } }: { topic: TopicDto }) {
  const text = useText().courses.topic;
  const format = useFormat();
  const path = `/courses/${course.slug}`;
  return (
    <nav id="neighbours" className={classes.neighbours} aria-label={text.neighbours}>
      {previous ? (
        <Link href={`${path}/${previous.slug}`}>
          <span>{text.neighbour(previous.number)}</span>
          {setTitle(previous.title)}
        </Link>
      ) : (
        <span />
      )}
      {next && (
        <Link href={`${path}/${next.slug}`} className={classes.next}>
          <span>{next.open ? text.neighbour(next.number) : text.nextOpens(next.number, format.schoolDate(next.opensAt))}</span>
          {setTitle(next.title)}
        </Link>
      )}
    </nav>
  );
}
