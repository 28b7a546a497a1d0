import { useMemo } from 'react';
import { Link } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { FileList } from '#client/features/tasks/file-list.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Prose } from '#client/ui/prose.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ReviewDto } from '#shared/reviews.ts';
import { workLimits } from '#shared/work-limits.ts';
import { DeskComments } from './desk-comments.tsx';
import { DeskGradingPanel } from './desk-grading.tsx';
import { EarlierRounds } from './earlier-rounds.tsx';
import classes from './review-work.module.css';
import { useDesk } from './use-desk.ts';
import { WorkFiles } from './work-files.tsx';
import { WorkText } from './work-text.tsx';

/** Left what was asked and what was handed in, right what it is worth. */
export function ReviewDesk({ work, onChanged }: { work: ReviewDto; onChanged: () => Promise<unknown> }) {
  const { reviews } = useOfficeText();
  const desk = useDesk(work);
  const { comments } = desk.grading;
  const full = comments.length >= workLimits.comments;
  const { addComment } = desk;

  const comment = useMemo(() => {
    if (!desk.mine) return undefined;
    return (place: { start: number; end: number }) => {
      if (full) {
        say(reviews.tooManyComments(workLimits.comments));
        return;
      }
      const key = addComment(place);
      // Once it is drawn.
      requestAnimationFrame(() => document.getElementById(`comment-${key}`)?.focus());
    };
  }, [desk.mine, full, addComment, reviews]);

  return (
    <div className={classes.desk}>
      <div className={classes.main}>
        <Task work={work} />
        <WorkText text={work.text} html={desk.textHtml} onComment={comment} />
        <DeskComments
          text={work.text}
          comments={comments}
          idPrefix={work.idPrefix}
          editable={desk.mine}
          onChange={(next) => desk.change({ comments: next })}
        />
        <WorkFiles files={work.files} />
        <EarlierRounds rounds={work.rounds} criteria={work.criteria} />
      </div>
      <div className={classes.aside}>
        <Student work={work} />
        <DeskGradingPanel work={work} desk={desk} onChanged={onChanged} />
      </div>
    </div>
  );
}

function Task({ work: { task, course, topic } }: { work: ReviewDto }) {
  const { reviews } = useOfficeText();
  return (
    <div className={classes.task}>
      <details open>
        <summary>{reviews.statement}</summary>
        <Prose html={task.statementHtml} size="plain" />
        {task.files.length > 0 && <FileList files={task.files} label={reviews.statement} className={classes.taskFiles} />}
        <p className={classes.taskLink}>
          <Link href={`/courses/${course.slug}/${topic.slug}#${task.slug}`}>{reviews.taskPage}</Link>
        </p>
      </details>
      {task.solutionHtml !== null && (
        <details>
          <summary>{reviews.solution}</summary>
          <Prose html={task.solutionHtml} size="plain" />
        </details>
      )}
    </div>
  );
}

function Student({ work }: { work: ReviewDto }) {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const { student } = work;
  return (
    <p className={classes.student}>
      <Link href={`/admin/students/${student.id}`}>
        {student.lastName} {student.firstName}
      </Link>
      {work.exam && (
        <Link href={`/admin/attempts/${work.exam.attemptId}`}>{reviews.ofExam(setTitle(work.exam.title), work.exam.attempt)}</Link>
      )}
      <span className={classes.dim}>{reviews.handedIn(format.dateTime(work.handedInAt))}</span>
      {work.extra > 0 && <span className={classes.dim}>{reviews.extra(work.extra)}</span>}
    </p>
  );
}
