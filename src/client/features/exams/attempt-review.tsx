import { IconCircleDashed, IconClock } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { Link } from 'wouter';
import { FileList } from '#client/features/tasks/file-list.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { Mark } from '#client/ui/mark.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { Sign } from '#client/ui/sign.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { FinishedAttemptDto, ReviewedAnswerDto } from '#shared/exams.ts';
import { AnswerView } from './answer-view.tsx';
import classes from './attempt-review.module.css';
import { labelsOf } from './exam-labels.ts';
import { isBlank } from './kept-answer.ts';

/** Only where there is a long answer. */
const ExamWork = lazy(() => import('./exam-work.tsx').then((file) => ({ default: file.ExamWork })));

/** All tasks of an attempt with what was answered and what would have been right. Statements and solutions are drawn when they are asked for. */
export function AttemptReview({ attempt }: { attempt: FinishedAttemptDto }) {
  const text = useStudyText().exams.review;
  const [onlyWrong, setOnlyWrong] = useState(false);
  const answers = attempt.answers ?? [];
  const labels = labelsOf(answers);
  const shown = answers.map((answer, at) => ({ answer, label: labels[at] ?? '' })).filter(({ answer }) => !onlyWrong || isMistake(answer));
  return (
    <section className={classes.review} aria-labelledby="attempt-review">
      <div className={classes.top}>
        <h2 id="attempt-review">{text.title}</h2>
        <fieldset className={classes.filter}>
          <legend className={type_.hidden}>{text.filter}</legend>
          {[false, true].map((wrong) => (
            <Button key={String(wrong)} variant="default" size="sm" aria-pressed={onlyWrong === wrong} onClick={() => setOnlyWrong(wrong)}>
              {wrong ? text.wrong : text.all}
            </Button>
          ))}
        </fieldset>
      </div>
      {shown.length === 0 ? (
        <p className={classes.none}>{text.none}</p>
      ) : (
        <ol className={classes.list}>
          {shown.map(({ answer, label }) => (
            <Reviewed key={answer.id} answer={answer} label={label} own={attempt.student === null} />
          ))}
        </ol>
      )}
    </section>
  );
}

function isMistake({ verdict }: ReviewedAnswerDto): boolean {
  return verdict !== null && verdict !== 'right';
}

type VerdictKey = keyof ReturnType<typeof useStudyText>['exams']['review']['verdict'];

const signs: Record<VerdictKey, ReactNode> = {
  right: <Mark size={24} />,
  partly: <Sign kind="partly" />,
  wrong: <Sign kind="wrong" />,
  none: <IconCircleDashed {...icon.lg} />,
  unread: <IconCircleDashed {...icon.lg} />,
  waiting: <IconClock {...icon.lg} />,
  graded: <Sign kind="partly" />,
};

/** A long answer is not right or wrong: a teacher has graded it. */
function verdictOf({ verdict, given, format }: ReviewedAnswerDto): VerdictKey {
  if (verdict === null) return 'waiting';
  if (verdict === 'none') return isBlank(given) ? 'none' : 'unread';
  return format.kind === 'long' && verdict !== 'right' ? 'graded' : verdict;
}

function Reviewed({ answer, label, own }: { answer: ReviewedAnswerDto; label: string; own: boolean }) {
  const all = useStudyText().exams;
  const text = all.review;
  const verdict = verdictOf(answer);
  const { format, given, right, practice } = answer;
  const typed = typeof given === 'string' && format.kind !== 'choice';
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <span className={classes.sign} data-verdict={verdict}>
          {signs[verdict]}
        </span>
        <h3>{all.desk.task(label)}</h3>
        <span className={classes.verdict} data-verdict={verdict}>
          {text.verdict[verdict]}
        </span>
        {answer.earned !== null && <span className={classes.points}>{text.points(answer.earned, answer.points)}</span>}
      </div>
      <dl className={classes.answers}>
        <div>
          <dt>{own ? text.yours : text.theirs}</dt>
          <dd>
            {answer.workId !== null ? (
              <Suspense fallback={<SkeletonText lines={2} />}>
                <ExamWork workId={answer.workId} />
              </Suspense>
            ) : given === null || isBlank(given) ? (
              <span className={type_.dim}>{text.nothing}</span>
            ) : (
              <AnswerView format={format} value={typed ? (answer.understood ?? given) : given} label={own ? text.yours : text.theirs} />
            )}
          </dd>
        </div>
        {right !== null && answer.verdict !== 'right' && (
          <div>
            <dt>{text.right}</dt>
            <dd>
              <AnswerView format={format} value={right} label={text.right} />
            </dd>
          </div>
        )}
      </dl>
      <div className={classes.more}>
        <Disclosed show={text.showTask} hide={text.hideTask}>
          <Prose html={answer.statementHtml} size="plain" />
          {answer.files.length > 0 && <FileList files={answer.files} label={all.desk.files} className={classes.files} />}
        </Disclosed>
        {answer.solutionHtml !== null && (
          <Disclosed show={text.showSolution} hide={text.hideSolution}>
            <Prose html={answer.solutionHtml} size="plain" />
          </Disclosed>
        )}
        {own && practice && (
          <Link
            className={classes.practise}
            href={`/courses/${practice.courseSlug}/${practice.topicSlug}#${practice.taskSlug}`}
            aria-label={text.practiseTask(label)}
          >
            {text.practise}
          </Link>
        )}
      </div>
    </li>
  );
}

function Disclosed({ show, hide, children }: { show: string; hide: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button variant="subtle" size="sm" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {open ? hide : show}
      </Button>
      {open && (
        <div id={id} className={classes.disclosed}>
          {children}
        </div>
      )}
    </>
  );
}
