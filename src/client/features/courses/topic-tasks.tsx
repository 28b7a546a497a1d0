import { startTransition, useEffect, useState } from 'react';
import { Edit } from '#client/features/office/edit/edit.tsx';
import { TaskCard } from '#client/features/tasks/task-card.tsx';
import { nextUnsolved } from '#client/features/tasks/task-mark.ts';
import { useText } from '#client/lib/i18n.tsx';
import { goToAnchor, isFirstScreen } from '#client/lib/navigation.ts';
import type { TopicDto } from '#shared/courses.ts';
import classes from './topic.module.css';

export function TopicTasks({ topic }: { topic: TopicDto }) {
  const { tasks } = topic;
  const text = useText().courses.topic;
  const shown = useInTurn(tasks.length);
  if (tasks.length === 0) return null;

  function goOn(fromId: string): void {
    const next = nextUnsolved(tasks, fromId);
    goToAnchor(next ? next.slug : 'neighbours');
    if (next && window.matchMedia('(pointer: fine)').matches) focusAnswer(next.slug);
  }

  return (
    <section aria-labelledby="tasks" className={classes.tasks}>
      <div className={classes.tasksHead}>
        <h2 id="tasks">{text.tasks}</h2>
        <span>{text.solved(tasks.filter(({ state }) => state.solved).length, tasks.length)}</span>
      </div>
      {tasks.map((task, at) =>
        at < shown ? (
          <TaskCard
            key={task.id}
            task={task}
            onNext={() => goOn(task.id)}
            tools={<Edit thing={{ kind: 'task', course: topic.course.slug, id: task.id, title: task.title, slug: task.slug }} />}
          />
        ) : (
          <div key={task.id} className={classes.later} />
        ),
      )}
    </section>
  );
}

/** As many as fill a screen. */
const shownFirst = 2;

/** How many of a page's cards are drawn: those below the first screen follow one by one, so that a finger is answered between them. */
function useInTurn(all: number): number {
  const [shown, setShown] = useState(() => (isFirstScreen() && window.location.hash === '' ? shownFirst : Number.POSITIVE_INFINITY));
  useEffect(() => {
    if (shown >= all) return;
    const timer = setTimeout(() => startTransition(() => setShown(shown + 1)));
    return () => clearTimeout(timer);
  }, [shown, all]);
  return shown;
}

/** Straight into the field with a real keyboard; on a phone the keyboard would open over the statement, so there the task itself is the place. */
function focusAnswer(slug: string): void {
  document.getElementById(slug)?.querySelector<HTMLInputElement>('form input')?.focus({ preventScroll: true });
}
