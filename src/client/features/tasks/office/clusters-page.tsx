import { Link, useParams } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { ClustersDto } from '#shared/clusters.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { ClusterRow } from './cluster-row.tsx';
import classes from './clusters.module.css';
import { answerInLine } from './clusters-view.ts';

/** What students answer wrongly at a task, the most frequent first. */
export function ClustersPage() {
  const { clusters: words } = useOfficeText();
  const { id = '' } = useParams();
  const list = trpc.tasks.clusters.list.useInfiniteQuery({ taskId: id }, { getNextPageParam: (page) => page.nextCursor });
  if (list.data === undefined && appError(list.error)?.code === 'TASKS_NOT_FOUND') return <Missing />;
  const first = list.data?.pages[0];
  return (
    <OfficePage
      title={first && words.title(setTitle(first.task.title))}
      trail={first && [{ href: `/admin/courses/${first.task.courseSlug}`, label: setTitle(first.task.courseTitle) }]}
      facts={first && <Facts clusters={first} />}
    >
      <QueryView query={list} errorTitle={words.load} skeleton={<ClustersSkeleton />}>
        {({ pages }) => {
          const clusters = pages.flatMap((page) => page.clusters);
          if (!first || clusters.length === 0) return <Nothing clusters={first} />;
          return (
            <>
              <Head clusters={first} />
              <p className={classes.note}>{words.note}</p>
              <ul className={classes.list} aria-label={words.list}>
                {clusters.map((cluster) => (
                  <ClusterRow key={cluster.hash} taskId={id} cluster={cluster} of={first.students} onChanged={list.refetch} />
                ))}
              </ul>
              <ShowMore list={list} />
            </>
          );
        }}
      </QueryView>
    </OfficePage>
  );
}

function Facts({ clusters: { task, students, solved, key } }: { clusters: ClustersDto }) {
  const { clusters: words } = useOfficeText();
  return (
    <>
      <span lang="ru">{setTitle(task.topicTitle)}</span>
      <span>
        {words.students(students)}, {words.solved(solved)}
      </span>
      {key !== null && <span className={classes.key}>{words.key(key)}</span>}
      <Link href={`/admin/tasks/${task.id}`}>{words.toTask}</Link>
    </>
  );
}

/** «37 из 120 ответили 144»: the one that matters most, in a sentence. */
function Head({ clusters: { clusters, students } }: { clusters: ClustersDto }) {
  const { clusters: words } = useOfficeText();
  const format = useFormat();
  const top = clusters[0];
  if (!top) return null;
  return (
    <h2 className={classes.head}>
      {words.head(format.number(top.students), format.number(Math.max(students, top.students)), answerInLine(top.answer) || words.empty)}
    </h2>
  );
}

function Nothing({ clusters }: { clusters: ClustersDto | undefined }) {
  const { clusters: words } = useOfficeText();
  if (clusters?.long) {
    return (
      <EmptyState title={words.long} action={<LinkButton href="/admin/review">{words.toReviews}</LinkButton>}>
        {words.longText}
      </EmptyState>
    );
  }
  return <EmptyState title={clusters?.students ? words.none : words.nobody}>{words.noneText}</EmptyState>;
}

function Missing() {
  const { clusters: words, shell } = useOfficeText();
  return (
    <OfficePage title={words.missing} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
      <EmptyState title={words.missing}>{words.missingText}</EmptyState>
    </OfficePage>
  );
}

function ClustersSkeleton() {
  return (
    <>
      <SkeletonBlock height={32} width={320} />
      {[0, 1, 2, 3].map((row) => (
        <SkeletonBlock key={row} height={72} mt={16} radius={8} />
      ))}
    </>
  );
}
