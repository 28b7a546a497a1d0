import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { justSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { Active } from './active.tsx';
import classes from './dashboard.module.css';
import { HardestTasks } from './hardest-tasks.tsx';
import { Health } from './health.tsx';
import { Money } from './money.tsx';
import { Openings } from './openings.tsx';
import { Registrations } from './registrations.tsx';
import { ReplyTime } from './reply-time.tsx';
import { Reviews } from './reviews.tsx';
import { Unfinished } from './unfinished.tsx';

/** How the school is doing, and what waits for a teacher: what is to be done comes before what is to be known. */
export function DashboardPage() {
  const { shell, dashboard } = useOfficeText();
  const format = useFormat();
  const query = trpc.dashboard.get.useQuery(undefined, { staleTime: justSent, refetchInterval: 60_000 });
  return (
    <OfficePage title={shell.nav.dashboard} facts={query.data && <span>{dashboard.countedAt(format.time(query.data.countedAt))}</span>}>
      <QueryView query={query} skeleton={<Skeleton />} errorTitle={dashboard.load}>
        {(data) => (
          <div className={classes.grid}>
            <div className={classes.stack}>
              <Health />
              <Money />
              <ReplyTime />
              <Reviews reviews={data.reviews} />
              <Unfinished unfinished={data.unfinished} />
            </div>
            <Openings openings={data.openings} />
            <Registrations registrations={data.registrations} />
            <Active active={data.active} />
            <HardestTasks tasks={data.hardest} />
          </div>
        )}
      </QueryView>
    </OfficePage>
  );
}

function Skeleton() {
  return (
    <div className={classes.grid}>
      <SkeletonBlock height={168} radius={12} />
      <SkeletonBlock height={168} radius={12} />
      <SkeletonBlock height={320} radius={12} />
      <SkeletonBlock height={320} radius={12} />
    </div>
  );
}
