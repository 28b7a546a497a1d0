import { useState } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { TopicAccuracyDto } from '#shared/statistics.ts';
import classes from './statistics.module.css';

/** As many as stand beside the weeks. */
const folded = 5;

interface TopicsProps {
  topics: TopicAccuracyDto[];
  /** With several courses a topic alone does not say where. */
  nameCourse: boolean;
}

export function Topics({ topics, nameCourse }: TopicsProps) {
  const text = useStudyText().statistics.topics;
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? topics : topics.slice(0, folded);
  return (
    <section aria-labelledby="accuracy">
      <h2 id="accuracy">{text.title}</h2>
      {topics.length === 0 ? (
        <p className={classes.note}>{text.empty}</p>
      ) : (
        <ul id="accuracy-topics" className={classes.topics}>
          {shown.map(({ courseSlug, courseTitle, topicSlug, title, firstTry }) => (
            <li key={`${courseSlug}/${topicSlug}`}>
              <p className={classes.topic}>
                <Link lang="ru" href={`/courses/${courseSlug}/${topicSlug}`}>
                  {setTitle(title)}
                </Link>
                <b>{format.percent(firstTry.done / firstTry.total)}</b>
              </p>
              <ProgressBar thin done={firstTry.done} total={firstTry.total} />
              <p className={classes.count}>
                {text.of(firstTry.done, firstTry.total)}
                {nameCourse && ` · ${setTitle(courseTitle)}`}
              </p>
            </li>
          ))}
        </ul>
      )}
      {topics.length > folded && (
        <Button
          variant="subtle"
          size="sm"
          className={classes.fold}
          aria-expanded={all}
          aria-controls="accuracy-topics"
          onClick={() => setAll(!all)}
        >
          {all ? text.less : text.all(topics.length)}
        </Button>
      )}
    </section>
  );
}
