import { useId } from 'react';
import { Link } from 'wouter';
import { AnswerForm } from '#client/features/tasks/answer-form.tsx';
import { AnswerReply } from '#client/features/tasks/answer-reply.tsx';
import { FileList } from '#client/features/tasks/file-list.tsx';
import task from '#client/features/tasks/task-card.module.css';
import { TaskSolution } from '#client/features/tasks/task-solution.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import layout from '#client/ui/layout.module.css';
import { Prose } from '#client/ui/prose.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { mistakeDays } from '#shared/mistake-rules.ts';
import type { MistakeDto } from '#shared/mistakes.ts';
import classes from './mistakes.module.css';
import { useMistake } from './use-mistake.ts';

interface MistakeCardProps {
  mistake: MistakeDto;
  today: string;
  /** Leads on from a right answer. */
  onNext: () => void;
}

/** A task that came back, answered in place. */
export function MistakeCard({ mistake, today, onNext }: MistakeCardProps) {
  const text = useText().tasks;
  const { mistakes } = useStudyText();
  const headingId = useId();
  const answer = useMistake(mistake, today);
  const { graded } = answer;
  return (
    <section id={`mistake-${mistake.taskId}`} className={task.task} aria-labelledby={headingId}>
      <div className={task.head}>
        <h2 lang="ru" id={headingId} className={classes.cardTitle}>
          {setTitle(mistake.title)}
        </h2>
        {mistake.examNumber !== null && <span className={layout.tag}>{text.examNumber(mistake.examNumber)}</span>}
        <span className={layout.tag}>{text.points(mistake.points)}</span>
        <span className={classes.step}>{mistakes.step(mistake.step, mistakeDays.length)}</span>
      </div>
      <Prose html={mistake.statementHtml} className={task.statement} />
      {mistake.files.length > 0 && <FileList files={mistake.files} label={text.files} className={task.files} />}
      <AnswerForm format={mistake.format} answer={answer} done={answer.right} headingId={headingId} onNext={onNext} />
      <div aria-live="polite">{graded?.replyHtml && <AnswerReply title={text.reply} html={graded.replyHtml} />}</div>
      <div className={task.after}>
        {graded && mistake.solution && <TaskSolution taskId={mistake.taskId} />}
        <Place mistake={mistake} />
      </div>
    </section>
  );
}

/** Where the task stands besides. */
function Place({ mistake: { course, topic, taskSlug, attemptId } }: { mistake: MistakeDto }) {
  const { mistakes } = useStudyText();
  const link =
    taskSlug !== null
      ? { href: `/courses/${course.slug}/${topic.slug}#${taskSlug}`, label: mistakes.inTopic(setTitle(topic.title)) }
      : { href: `/attempts/${attemptId}`, label: mistakes.inExam };
  return (
    <p className={classes.place}>
      <Link href={link.href}>{link.label}</Link>
      <span lang="ru">{setTitle(course.title)}</span>
    </p>
  );
}
