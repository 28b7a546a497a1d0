import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { allCourses, Statistics, StatisticsSkeleton } from '#client/features/progress/profile-page.tsx';
import { useLocale, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import type { StudentDto } from '#shared/students.ts';

/** The very numbers the student sees on their profile. */
export function StudentStatistics({ student }: { student: StudentDto }) {
  const { statistics: words } = useOfficeText().students;
  const text = useText().progress.profile;
  const locale = useLocale();
  const [course, setCourse] = useState(allCourses);
  const query = trpc.progress.ofStudent.useQuery({ personId: student.id });
  const details = trpc.progress.statisticsOf.useQuery(
    { personId: student.id, course: course || null },
    { placeholderData: keepPreviousData },
  );
  return (
    <QueryView query={query} errorTitle={text.failed} skeleton={<StatisticsSkeleton />}>
      {(progress) =>
        progress.courses.length === 0 ? (
          <EmptyState
            title={words.empty}
            action={
              <LinkButton size="sm" variant="default" href={`/admin/students/${student.id}?tab=courses`}>
                {words.emptyAction}
              </LinkButton>
            }
          >
            {words.emptyText}
          </EmptyState>
        ) : (
          <Statistics
            progress={progress}
            details={details}
            course={course}
            onCourse={setCourse}
            rule={words.rule(zoneInSentence(locale, student.timeZone, serverNow()))}
          />
        )
      }
    </QueryView>
  );
}
