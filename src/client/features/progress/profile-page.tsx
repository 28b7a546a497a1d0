import { SegmentedControl } from '@mantine/core';
import '@mantine/core/styles/SegmentedControl.layer.css';
import '@mantine/core/styles/FloatingIndicator.layer.css';
import { useState } from 'react';
import { setTitle } from '#client/features/courses/set-title.ts';
import { useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { ProgressDto } from '#shared/progress.ts';
import { LastSolved } from './last-solved.tsx';
import { Numbers } from './numbers.tsx';
import classes from './profile.module.css';

/** The counting part of the profile: everything here is counted from facts, and the rule of each number is said. */
export function ProfileStatistics() {
  const text = useText().progress.profile;
  const query = trpc.progress.mine.useQuery();
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
          <Statistics progress={progress} />
        )
      }
    </QueryView>
  );
}

const allCourses = '';

/**
 * Somebody's numbers: the student's own page and the teachers' show the same.
 * @param rule of the streak, where it is not the reader's own time that counts
 */
export function Statistics({ progress, rule }: { progress: ProgressDto; rule?: string }) {
  const text = useText().progress;
  const [slug, setSlug] = useState(allCourses);
  const counted = progress.courses.find((course) => course.slug === slug) ?? progress;
  return (
    <>
      {progress.courses.length > 1 && (
        <div className={classes.choice}>
          <SegmentedControl
            aria-label={text.profile.course}
            value={slug}
            onChange={setSlug}
            transitionDuration={0}
            withItemsBorders={false}
            classNames={{ root: classes.segments, label: classes.segment, indicator: classes.indicator }}
            data={[
              { value: allCourses, label: text.profile.all },
              ...progress.courses.map((course) => ({ value: course.slug, label: setTitle(course.title) })),
            ]}
          />
        </div>
      )}
      <Numbers counted={counted} streak={progress.streak} />
      <div className={classes.split}>
        <LastSolved last={progress.lastSolved} />
        <section aria-labelledby="streak-rule">
          <h2 id="streak-rule" className={type_.h3}>
            {text.profile.streakTitle}
          </h2>
          <p className={classes.rule}>{rule ?? text.streak.rule}</p>
        </section>
      </div>
    </>
  );
}

export function StatisticsSkeleton() {
  return (
    <>
      <SkeletonBlock width={320} height={44} mt={32} radius={8} />
      <SkeletonBlock height={120} mt={32} />
      <SkeletonBlock width={360} height={96} mt={64} radius={12} />
    </>
  );
}
