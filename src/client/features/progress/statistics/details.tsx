import { useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import type { ProgressDto } from '#shared/progress.ts';
import type { StatisticsDto } from '#shared/statistics.ts';
import { LastSolved } from '../last-solved.tsx';
import { Activity } from './activity.tsx';
import { DetailsSkeleton } from './details-skeleton.tsx';
import { Forecasts } from './forecast.tsx';
import classes from './statistics.module.css';
import { Topics } from './topics.tsx';
import { Weeks } from './weeks.tsx';

type Loadable = Parameters<typeof QueryView<StatisticsDto>>[0]['query'] & { isPlaceholderData: boolean };

export interface DetailsProps {
  /** Of the course chosen, or of all. */
  query: Loadable;
  progress: ProgressDto;
  /** The course chosen; '' for all. */
  course: string;
  /** When a day counts, where it is not the reader's own time that counts. */
  rule: string | undefined;
}

/** What is loaded after the numbers: forecast, year, weeks, topics. */
export function Details({ query, progress, course, rule }: DetailsProps) {
  const text = useText().progress;
  const words = useStudyText().statistics;
  return (
    <QueryView query={query} errorTitle={text.profile.failed} skeleton={<DetailsSkeleton />}>
      {({ activity, weeks, topics, forecasts }) => (
        // While another course is on its way the former one stays, and is said to be so by its paleness.
        <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? classes.former : undefined}>
          <div className={forecasts.length > 0 ? classes.split : classes.alone}>
            {forecasts.length > 0 && <Forecasts forecasts={forecasts} own={rule === undefined} />}
            <LastSolved last={progress.lastSolved} />
          </div>
          <Activity activity={activity} rule={`${rule ?? text.streak.rule} ${words.activity.zone}`} />
          <div className={classes.two}>
            <Weeks weeks={weeks} />
            <Topics key={course} topics={topics} nameCourse={course === '' && progress.courses.length > 1} />
          </div>
        </div>
      )}
    </QueryView>
  );
}
