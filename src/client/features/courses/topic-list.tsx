import { useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import type { CourseDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './topic-list.module.css';
import { TopicRow } from './topic-row.tsx';
import { isCourseOpen, nextOpening, rowKind } from './topic-rows.ts';

export function TopicList({ course }: { course: CourseDto }) {
  const text = useText().courses;
  const next = nextOpening(course.topics);
  const allowed = isCourseOpen(course);
  const opened = useJustOpened(course, next?.slug ?? null);
  if (course.topics.length === 0) return <EmptyState title={text.course.noTopics}>{text.course.noTopicsText}</EmptyState>;
  return (
    <section aria-labelledby="course-topics">
      <div className={layout.between}>
        <h2 id="course-topics">{text.course.topics}</h2>
        {course.schedule && (
          <span lang="ru" className={type_.dim}>
            {setTitle(course.schedule)}
          </span>
        )}
      </div>
      <ol className={`${layout.list} ${classes.topics}`}>
        {course.topics.map((topic) => (
          <TopicRow
            key={topic.slug}
            topic={topic}
            kind={rowKind(topic, next?.slug ?? null, allowed)}
            href={`/courses/${course.slug}/${topic.slug}`}
            mine={course.mine?.enrolled ?? false}
          />
        ))}
      </ol>
      <p className={type_.hidden} role="status">
        {opened !== null && text.row.justOpened(opened)}
      </p>
    </section>
  );
}

/** The title of the topic that has opened while the page was being looked at. */
function useJustOpened({ topics }: CourseDto, nextSlug: string | null): string | null {
  const [awaited, setAwaited] = useState(nextSlug);
  const [opened, setOpened] = useState<string | null>(null);
  if (awaited !== nextSlug) {
    setAwaited(nextSlug);
    setOpened(topics.find((topic) => topic.slug === awaited && topic.open)?.title ?? null);
  }
  return opened;
}
