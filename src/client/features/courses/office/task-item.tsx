import { IconGripVertical, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Reorder } from '#client/features/office/reorder/use-reorder.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type { OfficeTaskDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { MoveTaskDialog } from './move-task-dialog.tsx';
import { RenameTaskDialog } from './new-dialogs.tsx';
import { NotPublishedDialog } from './not-published-dialog.tsx';
import classes from './programme.module.css';
import { RowMenu } from './row-menu.tsx';
import { StateTag } from './state-tag.tsx';
import type { Moves } from './topic-tree.tsx';
import { type NotPublished, useTaskActions } from './use-task-actions.ts';

interface TaskItemProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  task: OfficeTaskDto;
  hintId: string;
  reorder: Reorder;
  before: string | null;
  after: string | null;
  afterNext: string | null;
  move: Moves;
}

export function TaskItem({ course, topic, task, hintId, reorder, before, after, afterNext, move }: TaskItemProps) {
  const { curriculum, clusters, reorder: moving } = useOfficeText();
  const [, go] = useLocation();
  const [asked, ask] = useState<'rename' | 'move' | NotPublished | null>(null);
  const { publish, unpublish, copy, remove } = useTaskActions(course, task, ask);
  const words = curriculum.programme;
  const lifted = reorder.lifted === task.id;
  const close = () => ask(null);
  return (
    <li data-item={task.id} className={[classes.row, classes.child, lifted && classes.lifted].filter(Boolean).join(' ')}>
      <button
        type="button"
        className={classes.handle}
        aria-label={moving.handle(task.title)}
        aria-describedby={hintId}
        {...reorder.handle(task.id)}
      >
        <IconGripVertical {...icon.md} />
      </button>
      <Link href={`/admin/tasks/${task.id}`} className={classes.childName}>
        <IconPencil {...icon.md} />
        <span>{task.title}</span>
      </Link>
      <span className={classes.date}>{task.kind && words.kind[task.kind]}</span>
      <StateTag draft={!task.published} edited={task.edited} />
      <RowMenu
        name={task.title}
        actions={[
          { label: curriculum.act.rename, act: () => ask('rename') },
          ...(task.published ? [] : [{ label: curriculum.act.publish, act: publish }]),
          ...(task.published && task.edited ? [{ label: curriculum.act.publishEdit, act: publish }] : []),
          ...(task.published ? [{ label: curriculum.act.unpublish, act: unpublish }] : []),
          { label: curriculum.move.up, act: before === null ? undefined : () => move.task(task.id, topic.id, before), apart: true },
          { label: curriculum.move.down, act: after === null ? undefined : () => move.task(task.id, topic.id, afterNext) },
          { label: words.moveTo, act: course.topics.length > 1 ? () => ask('move') : undefined },
          { label: clusters.open, act: () => go(`/admin/tasks/${task.id}/answers`), apart: true },
          { label: curriculum.act.copy, act: copy, apart: true },
          { label: curriculum.act.delete, act: remove },
        ]}
      />
      {asked === 'rename' && <RenameTaskDialog course={course} task={task} onClose={close} />}
      {asked === 'move' && (
        <MoveTaskDialog course={course} topic={topic} task={task} onMove={(to) => move.task(task.id, to, null)} onClose={close} />
      )}
      {asked !== null && asked !== 'rename' && asked !== 'move' && <NotPublishedDialog task={task} outcome={asked} onClose={close} />}
    </li>
  );
}
