import { SegmentedControl } from '@mantine/core';
import '@mantine/core/styles/SegmentedControl.layer.css';
import '@mantine/core/styles/FloatingIndicator.layer.css';
import { keepPreviousData } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { lazyStudy } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ProgressDto } from '#shared/progress.ts';
import { Numbers } from './numbers.tsx';
import classes from './profile.module.css';
import type { DetailsProps } from './statistics/details.tsx';
import { DetailsSkeleton } from './statistics/details-skeleton.tsx';

const Details = lazyStudy(() => import('./statistics/details.tsx'), 'Details');

/** The counting part of the profile: everything here is counted from facts, and the rule of each number is said. */
export function ProfileStatistics() {
  const text = useText().progress.profile;
  const [course, setCourse] = useState(allCourses);
  // Side by side from the first moment: both travel in one request.
  const query = trpc.progress.mine.useQuery();
  const details = trpc.progress.statistics.useQuery({ course: course || null }, { placeholderData: keepPreviousData });
  return (
    <QueryView query={query} errorTitle={text.failed} skeleton={<StatisticsSkeleton />}>
      {(progress) =>
        progress.courses.length === 0 ? (
          <EmptyState
            title={text.emptyTitle}
            className={classes.empty}
            action={<LinkButton href="/courses">{text.emptyAction}</LinkButton>}
          >
            {text.emptyText}
          </EmptyState>
        ) : (
          <Statistics progress={progress} details={details} course={course} onCourse={setCourse} />
        )
      }
    </QueryView>
  );
}

export const allCourses = '';

interface StatisticsProps {
  progress: ProgressDto;
  details: DetailsProps['query'];
  /** Slug of the course chosen. */
  course: string;
  onCourse: (course: string) => void;
  /** When a day counts, where it is not the reader's own time that counts. */
  rule?: string;
}

/** Somebody's numbers: the student's own page and the teachers' show the same. */
export function Statistics({ progress, details, course, onCourse, rule }: StatisticsProps) {
  const text = useText().progress;
  const counted = progress.courses.find(({ slug }) => slug === course) ?? progress;
  return (
    <>
      {progress.courses.length > 1 && (
        <div className={classes.choice}>
          <SegmentedControl
            aria-label={text.profile.course}
            value={course}
            onChange={onCourse}
            transitionDuration={0}
            withItemsBorders={false}
            classNames={{ root: classes.segments, label: classes.segment, indicator: classes.indicator }}
            data={[
              { value: allCourses, label: text.profile.all },
              ...progress.courses.map(({ slug, title }) => ({ value: slug, label: setTitle(title) })),
            ]}
          />
        </div>
      )}
      <Numbers counted={counted} streak={progress.streak} />
      <Suspense
        fallback={
          <Pending>
            <DetailsSkeleton />
          </Pending>
        }
      >
        <Details query={details} progress={progress} course={course} rule={rule} />
      </Suspense>
    </>
  );
}

export function StatisticsSkeleton() {
  return (
    <>
      <SkeletonBlock width={320} height={44} mt={32} radius={8} />
      <SkeletonBlock height={120} mt={32} />
      <DetailsSkeleton />
    </>
  );
}
