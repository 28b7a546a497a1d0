import { Fragment, useId } from 'react';
import { useReorder } from '#client/features/office/reorder/use-reorder.ts';
import { useSpoken } from '#client/features/office/reorder/use-spoken.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type from '#client/ui/type.module.css';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import classes from './programme.module.css';
import { withTaskMoved, withTopicMoved } from './programme-changes.ts';
import { TopicItem } from './topic-item.tsx';
import { useCurriculum } from './use-curriculum.ts';
import { useUnfolded } from './use-unfolded.ts';

interface TopicTreeProps {
  course: ProgrammeDto;
  now: number;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Topics and their tasks. Both are moved by mouse, finger and keyboard; tasks go from topic to topic too. */
export function TopicTree({ course, now, chosen, onChoose }: TopicTreeProps) {
  const { curriculum, reorder } = useOfficeText();
  const { unfolded, unfold } = useUnfolded(course.id);
  const move = useMoves(course);
  const hintId = useId();
  const words = curriculum.programme;

  const topics = useReorder({
    lists: [{ id: course.id, items: course.topics.map((topic) => topic.id) }],
    crossing: false,
    words: useSpoken((id) => course.topics.find((topic) => topic.id === id)?.title ?? '', null),
    onDrop: (id, { beforeId }) => move.topic(id, beforeId),
  });
  const allTasks = course.topics.flatMap((topic) => topic.tasks);
  const tasks = useReorder({
    lists: course.topics.map((topic) => ({ id: topic.id, items: topic.tasks.map((task) => task.id) })),
    crossing: true,
    words: useSpoken(
      (id) => allTasks.find((task) => task.id === id)?.title ?? '',
      (id) => curriculum.move.inTopic(course.topics.find((topic) => topic.id === id)?.title ?? ''),
    ),
    onDrop: (id, { listId, beforeId }) => {
      unfold(listId, true);
      move.task(id, listId, beforeId);
    },
  });
  const byId = new Map(course.topics.map((topic) => [topic.id, topic]));
  const taskById = new Map(allTasks.map((task) => [task.id, task]));
  // A list with a task on its way in is open as long as the task is there.
  const taskLists = new Map(tasks.shown.map((list) => [list.id, list.items]));
  const shown = topics.shown[0]?.items ?? [];
  return (
    <>
      <div {...topics.container}>
        <div {...tasks.container}>
          <div className={classes.head} aria-hidden="true">
            <span>{words.column.topic}</span>
            <span>{words.column.opens}</span>
            <span>{words.column.state}</span>
          </div>
          <ol className={classes.tree} aria-label={words.topics} data-list={course.id} data-open="">
            {shown.map((id, index) => {
              const topic = byId.get(id);
              if (!topic) return null;
              const items = (taskLists.get(id) ?? []).flatMap((taskId) => taskById.get(taskId) ?? []);
              const holdsLifted = tasks.lifted !== null && items.some((task) => task.id === tasks.lifted);
              return (
                <TopicItem
                  key={id}
                  course={course}
                  topic={topic}
                  tasks={items}
                  number={index + 1}
                  opensAt={course.topics[index]?.opensAt ?? topic.opensAt}
                  now={now}
                  open={(unfolded.has(id) || holdsLifted) && topics.lifted !== id}
                  chosen={chosen === id}
                  hintId={hintId}
                  reorder={topics}
                  taskReorder={tasks}
                  before={index === 0 ? null : (shown[index - 1] ?? null)}
                  after={shown[index + 1] ?? null}
                  afterNext={shown[index + 2] ?? null}
                  onUnfold={(open) => unfold(id, open)}
                  onChoose={() => onChoose(chosen === id ? null : id)}
                  move={move}
                />
              );
            })}
          </ol>
        </div>
      </div>
      <p id={hintId} className={type.hidden}>
        {reorder.hint}
      </p>
      <Help />
      <div role="status" className={type.hidden}>
        {tasks.lifted === null ? topics.spoken || tasks.spoken : tasks.spoken}
      </div>
    </>
  );
}

function Help() {
  const { move } = useOfficeText().curriculum;
  const keys = [[move.space], ['↑', '↓'], [move.space]];
  return (
    <p className={classes.help}>
      {move.help.map((part, index) => (
        <Fragment key={part}>
          {part}
          {keys[index] && (
            <span className={classes.keys}>
              {keys[index].map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          )}
        </Fragment>
      ))}
    </p>
  );
}

export interface Moves {
  topic: (id: string, beforeId: string | null) => void;
  task: (id: string, topicId: string, beforeId: string | null) => void;
}

function useMoves(course: ProgrammeDto): Moves {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum(course.slug);
  return {
    topic(id, beforeId) {
      const title = course.topics.find((topic) => topic.id === id)?.title ?? '';
      let back: string | null = null;
      void act(
        {
          programme: (before) => withTopicMoved(before, id, beforeId),
          send: async () => {
            back = (await api.moveTopic.mutate({ id, beforeId })).beforeId;
          },
        },
        () => ({
          message: curriculum.done.topic.moved(title),
          undo: () => act({ send: () => api.moveTopic.mutate({ id, beforeId: back }) }),
        }),
      );
    },
    task(id, topicId, beforeId) {
      const title = course.topics.flatMap((topic) => topic.tasks).find((task) => task.id === id)?.title ?? '';
      let back: { topicId: string; beforeId: string | null } = { topicId, beforeId };
      void act(
        {
          programme: (before) => withTaskMoved(before, id, topicId, beforeId),
          send: async () => {
            back = await api.moveTask.mutate({ id, topicId, beforeId });
          },
        },
        () => ({
          message: curriculum.done.task.moved(title),
          undo: () => act({ send: () => api.moveTask.mutate({ id, topicId: back.topicId, beforeId: back.beforeId }) }),
        }),
      );
    },
  };
}
