import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import { TaskSquares } from '#client/features/tasks/task-squares.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import type { TopicDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { AnchorLink } from './anchor-link.tsx';
import classes from './topic.module.css';
import { useAnchorInView } from './use-anchor-in-view.ts';

/** Left of the text where there is room: headings, video, squares of the tasks. */
export function TopicContents({ topic }: { topic: TopicDto }) {
  const text = useText().courses.topic;
  const { headings, videos, files, tasks } = topic;
  const anchors = [
    ...headings.map(({ id }) => id),
    ...(videos.length > 0 ? ['video'] : []),
    ...(files.length > 0 ? ['files'] : []),
    ...tasks.map(({ slug }) => slug),
  ];
  const current = useAnchorInView(anchors);
  const minutes = videos.every((video) => video.minutes !== null) ? videos.reduce((sum, video) => sum + (video.minutes ?? 0), 0) : 0;
  return (
    <nav className={classes.contents} aria-label={text.contents}>
      <Link href={`/courses/${topic.course.slug}`}>
        <IconArrowLeft {...icon.sm} />
        {setTitle(topic.course.title)}
      </Link>
      <p>{text.theory}</p>
      {headings.length === 0 && <AnchorLink to="theory">{setTitle(topic.title)}</AnchorLink>}
      {headings.map(({ id, text: heading }) => (
        <AnchorLink key={id} to={id} current={id === current}>
          {setTitle(heading)}
        </AnchorLink>
      ))}
      {videos.length > 0 && (
        <AnchorLink to="video" current={current === 'video'}>
          {minutes > 0 ? text.videoMinutes(minutes) : text.video}
        </AnchorLink>
      )}
      {files.length > 0 && (
        <AnchorLink to="files" current={current === 'files'}>
          {text.files}
        </AnchorLink>
      )}
      {tasks.length > 0 && (
        <>
          <p>{text.tasksSolved(tasks.filter(({ state }) => state.solved).length, tasks.length)}</p>
          <TaskSquares tasks={tasks} current={current} />
        </>
      )}
    </nav>
  );
}
