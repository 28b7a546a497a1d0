import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import filters from '#client/features/office/list/filters.module.css';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { AnswersTable } from './answers-table.tsx';
import { StudentWorks } from './student-works.tsx';

/** Everything a student has answered, and the long answers that teachers grade. */
export function StudentAnswers({ personId }: { personId: string }) {
  const { answers: words } = useOfficeText().students;
  const [course, setCourse] = useState<string | null>(null);
  const courses = trpc.people.students.courses.useQuery({ personId });
  const answers = trpc.people.students.answers.useInfiniteQuery(
    { personId, course },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const taken = (courses.data ?? []).filter(({ enrolled }) => enrolled);
  return (
    <>
      <StudentWorks personId={personId} />
      {taken.length > 1 && (
        <div className={filters.filters}>
          <NativeSelect
            size="sm"
            classNames={{ input: filters.control }}
            aria-label={words.course}
            value={course ?? ''}
            onChange={(event) => setCourse(event.currentTarget.value || null)}
            data={[{ value: '', label: words.anyCourse }, ...taken.map(({ slug, title }) => ({ value: slug, label: setTitle(title) }))]}
          />
        </div>
      )}
      <QueryView query={answers} errorTitle={words.load} skeleton={<SkeletonBlock height={320} />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0)
            return course === null ? (
              <EmptyState title={words.none}>{words.noneText}</EmptyState>
            ) : (
              <EmptyState title={words.noneInCourse} />
            );
          return (
            <div aria-busy={answers.isPlaceholderData}>
              <AnswersTable rows={rows} personId={personId} />
              <ShowMore list={answers} />
            </div>
          );
        }}
      </QueryView>
    </>
  );
}
