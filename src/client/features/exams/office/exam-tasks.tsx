import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { SortableList } from '#client/features/office/reorder/sortable-list.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import type { OfficeExamDto, OfficeExamTaskDto } from '#shared/exams-office.ts';
import { ByNumbersDialog } from './by-numbers-dialog.tsx';
import { ChooseTasksDialog } from './choose-tasks-dialog.tsx';
import classes from './exam-editor.module.css';
import { TaskFacts } from './task-facts.tsx';
import { useExamTasks } from './use-exam-tasks.ts';

/** What an exam consists of: chosen, ordered, taken out. */
export function ExamTasks({ exam }: { exam: OfficeExamDto }) {
  const { content: words } = useOfficeText().exams;
  const tasks = useExamTasks(exam);
  const [asked, ask] = useState<'choose' | 'numbers' | null>(null);
  const seen = exam.tasks.filter((task) => task.practised).length;
  const close = () => ask(null);
  const buttons = (
    <div className={classes.buttons}>
      <Button size="sm" variant="default" onClick={() => ask('choose')}>
        {words.choose}
      </Button>
      <Button size="sm" variant="default" onClick={() => ask('numbers')}>
        {words.byNumbers}
      </Button>
    </div>
  );
  return (
    <section aria-labelledby="exam-tasks">
      <div className={classes.head}>
        <h2 id="exam-tasks">{words.title}</h2>
        {exam.tasks.length > 0 && buttons}
      </div>
      {exam.tasks.length === 0 ? (
        <EmptyState title={words.empty} level={3} action={buttons}>
          {words.emptyText}
        </EmptyState>
      ) : (
        <>
          {seen > 0 && <p className={classes.seen}>{words.practisedNote(seen)}</p>}
          <SortableList label={words.label} items={exam.tasks} nameOf={(task) => task.title} onMove={tasks.move}>
            {(task) => <TaskRow task={task} place={exam.tasks.indexOf(task) + 1} onRemove={() => tasks.remove(task)} />}
          </SortableList>
        </>
      )}
      {asked === 'choose' && <ChooseTasksDialog exam={exam} tasks={tasks} onClose={close} />}
      {asked === 'numbers' && <ByNumbersDialog exam={exam} tasks={tasks} onClose={close} />}
    </section>
  );
}

function TaskRow({ task, place, onRemove }: { task: OfficeExamTaskDto; place: number; onRemove: () => void }) {
  const { content: words } = useOfficeText().exams;
  return (
    <div className={classes.row}>
      <span className={classes.place}>{place}</span>
      <div className={classes.what}>
        <Link href={`/admin/tasks/${task.id}`} className={classes.name}>
          {task.title}
        </Link>
        <TaskFacts task={task} />
      </div>
      <ActionIcon size={36} className={classes.remove} aria-label={words.remove(task.title)} onClick={onRemove}>
        <IconX {...icon.md} />
      </ActionIcon>
    </div>
  );
}
