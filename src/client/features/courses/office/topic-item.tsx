import { IconChevronDown, IconChevronRight, IconFileText, IconGripVertical, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { lazy, memo, Suspense, useState } from 'react';
import { Link } from 'wouter';
import type { Reorder } from '#client/features/office/reorder/use-reorder.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { icon } from '#client/ui/icon.ts';
import type { OfficeTaskDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { NewTaskDialog, RenameTopicDialog } from './new-dialogs.tsx';
import classes from './programme.module.css';
import { RowMenu } from './row-menu.tsx';
import { isSameRow } from './same-row.ts';
import { daysUntil, shortDate } from './school-dates.ts';
import { StateTag } from './state-tag.tsx';
import { TaskItem } from './task-item.tsx';
import type { Moves } from './topic-tree.tsx';
import { useTopicActions } from './use-topic-actions.ts';

const TopicMedia = lazy(() => import('#client/features/files/topic-media.tsx').then((file) => ({ default: file.TopicMedia })));

interface TopicItemProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  /** As they are to be shown: one may be on its way in or out. */
  tasks: OfficeTaskDto[];
  number: number;
  /** Dates stay at their places: of the topic that stands here in the end. */
  opensAt: string;
  now: number;
  open: boolean;
  chosen: boolean;
  hintId: string;
  reorder: Reorder;
  taskReorder: Reorder;
  /** Neighbours in the list: the one above, the one below and the one below that. */
  before: string | null;
  after: string | null;
  afterNext: string | null;
  onUnfold: (open: boolean) => void;
  onChoose: () => void;
  move: Moves;
}

type Asked = 'rename' | 'task' | 'media' | null;

export const TopicItem = memo(TopicRow, isSameRow);

function TopicRow(props: TopicItemProps) {
  const {
    course,
    topic,
    tasks,
    number,
    opensAt,
    now,
    open,
    chosen,
    hintId,
    reorder,
    taskReorder,
    before,
    after,
    afterNext,
    onUnfold,
    onChoose,
    move,
  } = props;
  const { curriculum, reorder: moving } = useOfficeText();
  const locale = useLocale();
  const [asked, ask] = useState<Asked>(null);
  const { publish, unpublish, copy, remove } = useTopicActions(course, topic);
  const words = curriculum.programme;
  const lifted = reorder.lifted === topic.id;
  const close = () => ask(null);
  return (
    <li data-item={topic.id} data-list={topic.id} data-open={open ? '' : undefined} className={lifted ? classes.lifted : undefined}>
      <div className={chosen ? `${classes.row} ${classes.chosen}` : classes.row}>
        <button
          type="button"
          className={classes.handle}
          aria-label={moving.handle(topic.title)}
          aria-describedby={hintId}
          {...reorder.handle(topic.id)}
        >
          <IconGripVertical {...icon.md} />
        </button>
        <button
          type="button"
          className={classes.caret}
          aria-expanded={open}
          aria-label={open ? words.fold(topic.title) : words.unfold(topic.title)}
          onClick={() => onUnfold(!open)}
        >
          {open ? <IconChevronDown {...icon.sm} /> : <IconChevronRight {...icon.sm} />}
        </button>
        <span className={classes.number}>{number}</span>
        <button type="button" className={classes.name} aria-expanded={chosen} onClick={onChoose}>
          {topic.title}
        </button>
        <span className={classes.date}>{shortDate(locale, course.timeZone, opensAt, now)}</span>
        <TopicState course={course} topic={topic} opensAt={opensAt} now={now} />
        <RowMenu
          name={topic.title}
          actions={[
            { label: curriculum.act.rename, act: () => ask('rename') },
            { label: words.addTask, act: () => ask('task') },
            topic.published ? { label: curriculum.act.unpublish, act: unpublish } : { label: curriculum.act.publish, act: publish },
            { label: curriculum.move.up, act: before === null ? undefined : () => move.topic(topic.id, before), apart: true },
            { label: curriculum.move.down, act: after === null ? undefined : () => move.topic(topic.id, afterNext) },
            { label: curriculum.act.copy, act: copy, apart: true },
            { label: curriculum.act.delete, act: remove },
          ]}
        />
      </div>
      {open && (
        <ol className={classes.tasks} aria-label={topic.title}>
          <li className={`${classes.row} ${classes.child}`}>
            <Link href={`/admin/theory/${topic.id}`} className={classes.childName}>
              <IconFileText {...icon.md} />
              <span>{words.theory}</span>
            </Link>
            <span className={classes.date} />
            <StateTag edited={topic.edited} />
          </li>
          <li className={`${classes.row} ${classes.child}`}>
            <button type="button" className={classes.childName} onClick={() => ask('media')}>
              <IconPlayerPlay {...icon.md} />
              <span>{words.media}</span>
            </button>
            <span className={classes.date}>{words.mediaCount(topic.videos, topic.files)}</span>
          </li>
          {tasks.map((task, index) => (
            <TaskItem
              key={task.id}
              course={course}
              topic={topic}
              task={task}
              hintId={hintId}
              reorder={taskReorder}
              before={index === 0 ? null : (tasks[index - 1]?.id ?? null)}
              after={tasks[index + 1]?.id ?? null}
              afterNext={tasks[index + 2]?.id ?? null}
              move={move}
            />
          ))}
          <li className={`${classes.row} ${classes.child}`}>
            <button type="button" className={`${classes.childName} ${classes.add}`} onClick={() => ask('task')}>
              <IconPlus {...icon.md} />
              <span>{words.addTask}</span>
            </button>
          </li>
        </ol>
      )}
      {asked === 'rename' && <RenameTopicDialog course={course} topic={topic} onClose={close} />}
      {asked === 'task' && <NewTaskDialog course={course} topic={topic} onClose={close} />}
      {asked === 'media' && (
        <Dialog title={`${words.media}: ${topic.title}`} onClose={close}>
          <Suspense fallback={null}>
            <TopicMedia topicId={topic.id} />
          </Suspense>
        </Dialog>
      )}
    </li>
  );
}

function TopicState({ course, topic, opensAt, now }: Pick<TopicItemProps, 'course' | 'topic' | 'opensAt' | 'now'>) {
  const { curriculum } = useOfficeText();
  const words = curriculum.programme;
  if (!topic.published) return <StateTag draft />;
  const days = daysUntil(course.timeZone, opensAt, now);
  return <span className={days === null ? classes.past : classes.state}>{days === null ? words.open : words.opensIn(days)}</span>;
}
