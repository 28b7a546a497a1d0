import { useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { ReviewDesk } from './review-desk.tsx';
import classes from './review-work.module.css';

export function ReviewWorkPage() {
  const { work: workId = '' } = useParams<{ work: string }>();
  const { reviews } = useOfficeText();
  // While another teacher holds it the page follows; what is written here is never overwritten by what is read.
  const query = trpc.reviews.open.useQuery(
    { workId },
    {
      staleTime: anewUnlessSent,
      refetchInterval: ({ state }) => (state.data?.state === 'waiting' && !state.data.holder?.mine ? 20_000 : false),
    },
  );
  const work = query.data;
  return (
    <OfficePage
      title={work && setTitle(work.task.title)}
      trail={[{ href: '/admin/review', label: reviews.title }]}
      facts={
        work && (
          <>
            <span lang="ru">{setTitle(work.course.title)}</span>
            <span lang="ru">{setTitle(work.topic.title)}</span>
            <span>{work.exam ? reviews.ofExam(setTitle(work.exam.title), work.exam.attempt) : reviews.roundOf(work.round)}</span>
          </>
        )
      }
    >
      <QueryView query={query} skeleton={<DeskSkeleton />} errorTitle={reviews.loadWork}>
        {/* Another state of the work is another page: graded, given back, opened again. */}
        {(found) => <ReviewDesk key={`${found.id} ${found.state}`} work={found} onChanged={() => query.refetch()} />}
      </QueryView>
    </OfficePage>
  );
}

function DeskSkeleton() {
  return (
    <div className={classes.desk}>
      <div>
        <SkeletonText lines={8} lineHeight={24} />
      </div>
      <SkeletonBlock height={360} radius={12} />
    </div>
  );
}
