import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { examOver } from '#client/lib/exam-frame.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import type { ExamAttemptDto, RunningAttemptDto } from '#shared/exams.ts';
import { AttemptResult } from './attempt-result.tsx';
import { AttemptSkeleton } from './attempt-skeleton.tsx';
import { ExamScreen } from './exam-screen.tsx';
import { useExamSession } from './exam-session.ts';

/** An attempt: the exam itself while it runs, its result from then on. */
export function AttemptPage() {
  const { attempt: attemptId = '' } = useParams<{ attempt: string }>();
  const text = useStudyText().exams.desk;
  const query = trpc.exams.attempt.useQuery(
    { attemptId },
    // While it runs it is kept up to date answer by answer; whole it comes with every visit and when it is over.
    { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  useEnded(query.data?.state);
  const code = appError(query.error)?.code;
  const refused = query.isError && query.data === undefined;
  const missing = refused && (code === 'EXAMS_NOT_FOUND' || code === 'INPUT_INVALID');
  if (missing) return <Missing />;
  if (refused) {
    return (
      <SiteFrame>
        <ErrorState error={query.error} level={1} title={text.failed} retrying={query.isFetching} onRetry={() => void query.refetch()} />
      </SiteFrame>
    );
  }
  return (
    <QueryView query={query} level={1} errorTitle={text.failed} skeleton={<AttemptSkeleton />}>
      {(attempt) =>
        attempt.state === 'running' ? (
          <Running key={attempt.id} attempt={attempt} loadedAt={query.dataUpdatedAt} onOver={() => query.refetch()} />
        ) : (
          <SiteFrame>
            <AttemptResult attempt={attempt} onReview={() => void query.refetch()} />
          </SiteFrame>
        )
      }
    </QueryView>
  );
}

/** What other pages say of the exam, and of the answers that count now, is no longer so. */
function useEnded(state: ExamAttemptDto['state'] | undefined): void {
  const queries = trpc.useUtils();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'running' && state === 'finished') {
      void queries.exams.running.invalidate();
      void queries.exams.get.invalidate();
      void queries.exams.ofCourse.invalidate();
      void queries.progress.invalidate();
      void queries.courses.invalidate();
    }
    before.current = state;
  }, [state, queries]);
}

interface RunningProps {
  attempt: RunningAttemptDto;
  /** By the device's clock. */
  loadedAt: number;
  onOver: () => Promise<unknown>;
}

function Running({ attempt, loadedAt, onOver }: RunningProps) {
  const [answeredAt] = useState(() => performance.now() - Math.max(0, Date.now() - loadedAt));
  const session = useExamSession(attempt, answeredAt);
  // Read anew, it may know more than this tab: another device, extra minutes.
  useLayoutEffect(() => session.saver.refresh(attempt), [session, attempt]);
  return <ExamScreen attempt={attempt} session={session} onOver={onOver} />;
}

function Missing() {
  const text = useStudyText().exams.desk;
  usePageTitle(text.missingTitle);
  return (
    <SiteFrame>
      <EmptyState level={1} title={text.missingTitle} action={<LinkButton href="/">{text.missingAction}</LinkButton>}>
        {text.missingText}
      </EmptyState>
    </SiteFrame>
  );
}

/** Head and foot of the site around what is no running exam. */
function SiteFrame({ children }: { children: React.ReactNode }) {
  useLayoutEffect(() => {
    examOver.set(true);
    return () => examOver.set(false);
  }, []);
  return <div className={layout.wrap}>{children}</div>;
}
