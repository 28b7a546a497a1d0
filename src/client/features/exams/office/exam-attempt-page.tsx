import { Suspense, useState } from 'react';
import { useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { lazyStudy } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { FinishedAttemptDto } from '#shared/exams.ts';
import type { OfficeAttemptDto, RunningForOfficeDto } from '#shared/exams-office.ts';
import classes from './exam-attempt.module.css';
import { isMissing } from './exam-missing.tsx';
import { FinishAttemptDialog } from './finish-attempt-dialog.tsx';

const AttemptReview = lazyStudy(() => import('../attempt-review.tsx'), 'AttemptReview');

/** While it runs, how far it is. */
const refreshMs = 15_000;

/** Somebody's attempt: its result as the student finds it, or how far it is. */
export function ExamAttemptPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { exams, shell } = useOfficeText();
  const words = exams.attempt;
  const query = trpc.exams.office.attempt.useQuery(
    { attemptId: id },
    { refetchOnWindowFocus: 'always', refetchInterval: ({ state }) => (state.data?.state === 'running' ? refreshMs : false) },
  );
  const found = query.data;
  if (!found && isMissing(query.error)) {
    return (
      <OfficePage title={words.missing} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
        <EmptyState title={words.missing} action={<LinkButton href="/admin/courses">{words.toCourses}</LinkButton>} />
      </OfficePage>
    );
  }
  return (
    <OfficePage
      title={found && `${found.student.lastName} ${found.student.firstName}`}
      trail={[
        { href: '/admin/courses', label: shell.nav.courses },
        ...(found
          ? [
              { href: `/admin/courses/${found.exam.courseSlug}/exams`, label: found.exam.courseTitle },
              { href: `/admin/exams/${found.exam.id}/results`, label: found.exam.title },
            ]
          : []),
      ]}
      facts={found && <Facts found={found} />}
      actions={
        found && (
          <LinkButton href={`/admin/students/${found.student.id}`} variant="default" size="sm">
            {words.profile}
          </LinkButton>
        )
      }
    >
      <QueryView query={query} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {(loaded) => (loaded.state === 'running' ? <Running attempt={loaded} /> : <Finished attempt={loaded.attempt} />)}
      </QueryView>
    </OfficePage>
  );
}

function Facts({ found }: { found: OfficeAttemptDto }) {
  const { exams } = useOfficeText();
  const words = exams.attempt;
  const format = useFormat();
  const attempt = found.state === 'running' ? found : found.attempt;
  return (
    <>
      <span>{words.title(attempt.number)}</span>
      <span>{words.started(format.schoolDateTime(attempt.startedAt))}</span>
      {attempt.state === 'finished' && <span>{words.finished(format.schoolDateTime(attempt.finishedAt))}</span>}
      {attempt.state === 'finished' && <span>{exams.results.ended[attempt.finishedBy]}</span>}
    </>
  );
}

function Running({ attempt }: { attempt: RunningForOfficeDto }) {
  const { exams } = useOfficeText();
  const words = exams.attempt;
  const format = useFormat();
  const [asked, ask] = useState(false);
  return (
    <>
      <EmptyState
        title={words.running}
        action={
          <Button variant="default" onClick={() => ask(true)}>
            {exams.results.actFinish}
          </Button>
        }
      >
        <p>{words.runningText}</p>
        <p>
          {words.answered(attempt.answered, attempt.tasks)}.{' '}
          {attempt.deadlineAt ? words.deadline(format.schoolDateTime(attempt.deadlineAt)) : words.noDeadline}.
        </p>
      </EmptyState>
      {asked && <FinishAttemptDialog attemptId={attempt.id} student={attempt.student} onClose={() => ask(false)} />}
    </>
  );
}

function Finished({ attempt }: { attempt: FinishedAttemptDto }) {
  const { exams } = useOfficeText();
  const words = exams.attempt;
  const format = useFormat();
  const { score } = attempt;
  return (
    <>
      <dl className={classes.numbers}>
        <div>
          <dt>{words.primary(score.maxPoints)}</dt>
          <dd className={type_.number}>{format.number(score.points)}</dd>
        </div>
        {score.score !== null && score.scaleYear !== null && (
          <div>
            <dt>{words.score(score.scaleYear)}</dt>
            <dd className={type_.number}>{format.number(score.score)}</dd>
          </div>
        )}
      </dl>
      <p className={classes.line}>{words.answered(attempt.answered, attempt.tasks)}</p>
      {score.waiting > 0 && <p className={classes.line}>{exams.waiting(score.waiting)}</p>}
      <Suspense fallback={<SkeletonBlock height={320} />}>
        <AttemptReview attempt={attempt} />
      </Suspense>
    </>
  );
}
