import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useOfflineText } from '#client/lib/offline-text.ts';
import layout from '#client/ui/layout.module.css';
import type from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type KeptTopic, listKept } from './kept-topics.ts';
import classes from './offline.module.css';

/** Topics that this browser has kept, course by course. */
export function ReadingList({ level }: { level: 2 | 3 }) {
  const text = useOfflineText();
  const kept = useKept();
  const Title = `h${level}` as const;
  if (kept === undefined) return null;
  if (kept.length === 0) return <p className={classes.lead}>{text.none}</p>;
  return [...Map.groupBy(kept, (topic) => topic.course.slug)].map(([course, topics]) => (
    <section key={course} className={classes.course} aria-label={text.topics(topics[0]?.course.title ?? '')}>
      <Title className={type.h4} lang="ru">
        {setTitle(topics[0]?.course.title ?? '')}
      </Title>
      <ul className={layout.list}>
        {topics.map((topic) => (
          <li key={topic.slug}>
            <Link className={classes.topic} href={`/courses/${course}/${topic.slug}`} lang="ru">
              <span className={classes.number}>{topic.number}</span>
              {setTitle(topic.title)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** Undefined while the browser looks. */
function useKept(): KeptTopic[] | undefined {
  const [kept, setKept] = useState<KeptTopic[]>();
  useEffect(() => {
    let here = true;
    // Without https, or where it is forbidden, a browser keeps nothing.
    const look = 'caches' in window ? listKept() : Promise.resolve([]);
    void look.catch(() => []).then((found) => here && setKept(found));
    return () => {
      here = false;
    };
  }, []);
  return kept;
}
