import panel from '#client/features/courses/office/programme.module.css';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { OfficeExamTaskDto } from '#shared/exams-office.ts';
import classes from './exam-editor.module.css';

/** Where a task comes from, what it is worth, and what to know before it is given. */
export function TaskFacts({ task, numbered = true }: { task: OfficeExamTaskDto /** With its number in the exam. */; numbered?: boolean }) {
  const { exams: words } = useOfficeText();
  const { content } = words;
  const topic =
    task.topic.state === 'open'
      ? task.topic.title
      : `${task.topic.title} (${task.topic.state === 'draft' ? content.draftTopic : content.lockedTopic})`;
  const [other, ...more] = task.exams;
  return (
    <>
      <span className={classes.facts}>
        {numbered && <span>{task.examNumber === null ? content.noNumber : words.choose.number(task.examNumber)}</span>}
        <span>{topic}</span>
        {task.kind && <span>{content.kind[task.kind]}</span>}
        <span>{words.points(task.points)}</span>
        {other && <span>{content.alsoIn(other.title, more.length)}</span>}
      </span>
      <span className={classes.tags}>
        {task.state !== 'published' && (
          <span className={`${layout.tag} ${panel.draftTag}`}>{task.state === 'deleted' ? content.deleted : content.unpublished}</span>
        )}
        {task.practised && <span className={layout.tag}>{content.practised}</span>}
      </span>
    </>
  );
}
