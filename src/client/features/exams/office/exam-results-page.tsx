import { IconClockPlus, IconDownload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { attemptStates, type ExamResultRowDto, type ExamResultsDto, type OfficeExamDto } from '#shared/exams-office.ts';
import { ExamMissing, isMissing } from './exam-missing.tsx';
import { ExamStateTag } from './exam-state.tsx';
import { ExtraDialog } from './extra-dialog.tsx';
import { FinishAttemptDialog } from './finish-attempt-dialog.tsx';
import { ResultsFilters } from './results-filters.tsx';
import { ResultsTable } from './results-table.tsx';

/** While somebody writes, the numbers move by themselves. */
const refreshMs = 20_000;

/** Who has written an exam and how; further minutes and attempts. */
export function ExamResultsPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { exams, shell } = useOfficeText();
  const words = exams.results;
  const head = trpc.exams.office.get.useQuery({ id });
  const [asked, ask] = useState<{ extra?: ExamResultRowDto | null; finish?: ExamResultRowDto }>({});
  const exam = head.data;
  if (!exam && isMissing(head.error)) return <ExamMissing />;
  const close = () => ask({});
  return (
    <OfficePage
      title={exam && `${words.title}: ${exam.title}`}
      trail={[
        { href: '/admin/courses', label: shell.nav.courses },
        ...(exam
          ? [
              { href: `/admin/courses/${exam.course.slug}`, label: exam.course.title },
              { href: `/admin/courses/${exam.course.slug}/exams`, label: exams.list.title },
              { href: `/admin/exams/${exam.id}`, label: exam.title },
            ]
          : []),
      ]}
      facts={exam && <Facts exam={exam} />}
      actions={
        exam && (
          <>
            <Button size="sm" variant="default" leftSection={<IconClockPlus {...icon.sm} />} onClick={() => ask({ extra: null })}>
              {exams.extras.act}
            </Button>
            {/* Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved. */}
            <a {...buttonLook({ size: 'sm', variant: 'default' })} href={`/api/exams/${id}/results.xlsx`} title={words.downloadNote}>
              <IconDownload {...icon.sm} />
              {words.download}
            </a>
          </>
        )
      }
    >
      <QueryView query={head} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {(loaded) => <Results exam={loaded} onExtra={(extra) => ask({ extra })} onFinish={(finish) => ask({ finish })} />}
      </QueryView>
      {exam && asked.extra !== undefined && <ExtraDialog exam={exam} chosen={asked.extra?.person ?? null} onClose={close} />}
      {asked.finish && <FinishAttemptDialog attemptId={asked.finish.attemptId} student={asked.finish.person} onClose={close} />}
    </OfficePage>
  );
}

function Facts({ exam }: { exam: OfficeExamDto }) {
  const { exams } = useOfficeText();
  const format = useFormat();
  const words = exams.results;
  const totals = trpc.exams.office.results.useInfiniteQuery(
    { id: exam.id, q: '', state: null },
    { getNextPageParam: (page) => page.nextCursor },
  ).data?.pages[0]?.totals;
  return (
    <>
      <ExamStateTag state={exam.state} />
      {totals && <span>{words.students(totals.students)}</span>}
      {totals && totals.finished > 0 && <span>{exams.list.finished(totals.finished)}</span>}
      {totals && totals.running > 0 && <span>{words.running(totals.running)}</span>}
      {totals && totals.waiting > 0 && <span>{exams.waiting(totals.waiting)}</span>}
      {totals && totals.mean !== null && <span>{words.mean(format.number(Math.round(totals.mean * 10) / 10), exam.maxPoints)}</span>}
    </>
  );
}

interface ResultsProps {
  exam: OfficeExamDto;
  onExtra: (row: ExamResultRowDto) => void;
  onFinish: (row: ExamResultRowDto) => void;
}

function Results({ exam, onExtra, onFinish }: ResultsProps) {
  const { results: words } = useOfficeText().exams;
  const text = useText();
  const format = useFormat();
  const { filter, typed, type, change, reset } = useResultsFilter();
  const list = trpc.exams.office.results.useInfiniteQuery(
    { id: exam.id, ...filter },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: 'always',
      // Only while it is one request and there is something to wait for.
      refetchInterval: ({ state }) => (state.data && state.data.pages.length === 1 && hasRunning(state.data.pages) ? refreshMs : false),
    },
  );
  return (
    <>
      <ResultsFilters state={filter.state} typed={typed} onType={type} onState={change} onReset={reset} />
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return (
            <div aria-busy={list.isPlaceholderData}>
              {rows.length > 0 && <ResultsTable rows={rows} zone={exam.timeZone} onExtra={onExtra} onFinish={onFinish} />}
              {rows.length === 0 && (filter.q !== '' || filter.state !== null) && (
                <EmptyState
                  title={words.nobody}
                  action={
                    <Button variant="default" size="sm" onClick={reset}>
                      {words.reset}
                    </Button>
                  }
                />
              )}
              {rows.length === 0 && filter.q === '' && filter.state === null && (
                <EmptyState title={words.empty}>{exam.state === 'draft' ? words.emptyDraft : words.emptyText}</EmptyState>
              )}
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
    </>
  );
}

const hasRunning = (pages: ExamResultsDto[]) => pages.some((page) => page.rows.some((row) => row.finishedAt === null));

/** The filter stands in the address, so that going back and handing a link on both work. */
function useResultsFilter() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const state = attemptStates.find((one) => one === search.get('state')) ?? null;
  const q = (search.get('q') ?? '').slice(0, 200);
  const href = (next: { q: string; state: string | null }) => {
    const params = new URLSearchParams();
    if (next.q.trim() !== '') params.set('q', next.q.trim());
    if (next.state !== null) params.set('state', next.state);
    return params.size > 0 ? `${path}?${params}` : path;
  };
  const { typed, type, set } = useTyped(q, (words) => navigate(href({ q: words, state }), { replace: true }));
  return {
    filter: { q, state },
    typed,
    type,
    change(next: (typeof attemptStates)[number] | null) {
      set(typed);
      navigate(href({ q: typed, state: next }));
    },
    reset() {
      set('');
      navigate(path);
    },
  };
}
