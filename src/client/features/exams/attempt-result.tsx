import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useOpening } from '#client/features/courses/use-opening.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type_ from '#client/ui/type.module.css';
import type { FinishedAttemptDto } from '#shared/exams.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './attempt-result.module.css';
import { AttemptReview } from './attempt-review.tsx';
import { useAnswerBox } from './exam-session.ts';
import { LateFiles } from './late-files.tsx';

interface AttemptResultProps {
  attempt: FinishedAttemptDto;
  /** The review ought to be open by now. */
  onReview: () => void;
}

/** How an attempt ended: points and score as large numbers with their wholes, then the review once it is open. */
export function AttemptResult({ attempt, onReview }: AttemptResultProps) {
  const text = useStudyText().exams.result;
  const format = useFormat();
  const { exam, score, target, answers, reviewAt } = attempt;
  const title = setTitle(exam.title);
  usePageTitle(`${text.title}. ${title}`);
  useOpening(answers === null ? reviewAt : null, onReview);
  const scored = score.score !== null && score.scaleYear !== null ? { score: score.score, year: score.scaleYear } : null;
  return (
    <>
      <p className={classes.crumbs}>
        <Link lang="ru" href={`/courses/${exam.courseSlug}`}>
          {setTitle(exam.courseTitle)}
        </Link>
        <span aria-hidden="true"> / </span>
        <Link href={`/courses/${exam.courseSlug}/exams/${exam.slug}`}>{title}</Link>
      </p>
      <h1 className={classes.title}>{`${text.title}. ${title}`}</h1>
      <p className={type_.dim}>
        {text.attempt(attempt.number)}, {format.dateTime(attempt.finishedAt)}
      </p>
      {attempt.finishedBy !== 'student' && (
        <NoteBox className={classes.note}>{attempt.finishedBy === 'time' ? text.timeUp : text.byModerator}</NoteBox>
      )}
      <Lost attemptId={attempt.id} />
      <LateFiles attemptId={attempt.id} />
      <dl className={classes.numbers}>
        <Figure value={score.points} whole={scored ? text.primary(score.maxPoints) : text.points(score.maxPoints)} />
        {scored && <Figure value={scored.score} whole={text.score(scored.year)} />}
        <Figure value={attempt.answered} whole={`${text.answeredOf(attempt.tasks)}`} name={text.answered} />
      </dl>
      {scored && target && (
        <p className={classes.line}>
          {score.points >= target.primary ? text.targetReached(target.score) : text.targetLeft(target.score, target.primary - score.points)}
        </p>
      )}
      {score.waiting > 0 && <p className={classes.line}>{text.waiting(score.waiting)}</p>}
      {answers === null ? (
        <p className={classes.line}>{reviewAt === null ? text.reviewLater : text.reviewAt(format.schoolTime(reviewAt))}</p>
      ) : (
        <AttemptReview attempt={attempt} />
      )}
      <div className={classes.doors}>
        <LinkButton variant={answers === null ? 'filled' : 'default'} href={`/courses/${exam.courseSlug}/exams/${exam.slug}`}>
          {text.toExam}
        </LinkButton>
        <LinkButton variant="default" href={`/courses/${exam.courseSlug}`}>
          {text.toCourse}
        </LinkButton>
      </div>
    </>
  );
}

function Figure({ value, whole, name }: { value: number; whole: string; name?: string }) {
  const format = useFormat();
  return (
    <div className={classes.figure}>
      <dt>{name ? `${name} ${whole}` : whole}</dt>
      <dd className={type_.number}>{format.number(value)}</dd>
    </div>
  );
}

/** What was typed without a connection and came too late is told honestly, and stays readable until it has been read. */
function Lost({ attemptId }: { attemptId: string }) {
  const text = useStudyText().exams.result;
  const box = useAnswerBox(attemptId);
  const [lost, setLost] = useState(box.lost);
  const nothing = lost.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is a view of the storage, made anew each time
  useEffect(() => {
    if (nothing) box.clear();
  }, [nothing]);
  if (nothing) return null;
  const words = (value: (typeof lost)[number]['value']) =>
    typeof value === 'string'
      ? value
      : value
          .map((row) => (typeof row === 'string' ? row : row.join(' · ')))
          .filter((row) => row.replaceAll(' · ', '') !== '')
          .join('; ');
  return (
    <NoteBox tone="warn" className={classes.note}>
      <h2 className={type_.h4}>{text.lost}</h2>
      <p>{text.lostText}</p>
      <ul className={classes.lost}>
        {lost.map(({ label, value }) => (
          <li key={label}>{text.lostItem(label, words(value))}</li>
        ))}
      </ul>
      <Button variant="default" size="sm" onClick={() => setLost([])}>
        {text.lostRead}
      </Button>
    </NoteBox>
  );
}
