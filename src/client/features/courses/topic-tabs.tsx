import { useText } from '#client/lib/i18n.tsx';
import type { TopicDto } from '#shared/courses.ts';
import { AnchorLink } from './anchor-link.tsx';
import classes from './topic.module.css';
import { useAnchorInView } from './use-anchor-in-view.ts';

/** The contents on a phone: three places of the page. */
export function TopicTabs({ topic }: { topic: TopicDto }) {
  const text = useText().courses.topic;
  const { videos, tasks } = topic;
  const parts = [
    { id: 'theory', label: text.theory },
    ...(videos.length > 0 ? [{ id: 'video', label: text.video }] : []),
    ...(tasks.length > 0 ? [{ id: 'tasks', label: text.tasksTab(tasks.filter(({ state }) => state.solved).length, tasks.length) }] : []),
  ];
  const current = useAnchorInView(parts.map(({ id }) => id));
  return (
    <nav className={classes.tabs} aria-label={text.parts}>
      {parts.map(({ id, label }) => (
        <AnchorLink key={id} to={id} current={id === current}>
          {label}
        </AnchorLink>
      ))}
    </nav>
  );
}
