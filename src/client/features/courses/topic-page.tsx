import { Suspense, useEffect } from 'react';
import { useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { useText } from '#client/lib/i18n.tsx';
import { lazyOffline } from '#client/lib/offline-text.ts';
import { offline } from '#client/lib/online.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { PagePending } from '#client/ui/page-pending.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import type { WireError } from '#shared/errors.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { CourseDoor } from './course-door.tsx';
import { TopicLocked } from './topic-locked.tsx';
import { TopicSkeleton } from './topic-skeleton.tsx';
import { TopicView } from './topic-view.tsx';

const KeptTopic = lazyOffline(() => import('#client/features/offline/kept-topic.tsx'), 'KeptTopic');

export function TopicPage() {
  const { course = '', topic = '' } = useParams<{ course: string; topic: string }>();
  const text = useText().courses.topic;
  // Another tab or device may have solved something meanwhile.
  const query = trpc.courses.topic.useQuery({ course, topic }, { refetchOnWindowFocus: 'always' });
  const refusal = query.data === undefined ? appError(query.error) : null;
  useTaken(query.data?.slug);
  usePageTitle(query.data?.title ?? titleOfClosed(refusal, text));
  const away = offline.use() !== null;
  if (away && query.data === undefined && !refusal) {
    return (
      <Suspense fallback={<PagePending />}>
        <KeptTopic />
      </Suspense>
    );
  }
  return (
    <div className={layout.wrap}>
      <Closed refusal={refusal} course={course} onOpening={() => void query.refetch()} />
      {!isClosed(refusal) && (
        <QueryView query={query} level={1} errorTitle={text.failed} skeleton={<TopicSkeleton />}>
          {(loaded) => <TopicView key={loaded.slug} topic={loaded} />}
        </QueryView>
      )}
    </div>
  );
}

/** Refusals that are no faults: the topic is there (or not) and says when and how it can be entered. */
function Closed({ refusal, course, onOpening }: { refusal: WireError | null; course: string; onOpening: () => void }) {
  const text = useText().courses.topic;
  const toCourse = (slug: string) => <LinkButton href={`/courses/${slug}`}>{text.toCourse}</LinkButton>;
  switch (refusal?.code) {
    case 'TOPICS_NOT_OPEN':
      return <TopicLocked refusal={refusal.data} onOpening={onOpening} />;
    case 'COURSES_NO_ACCESS':
      return (
        <EmptyState
          level={1}
          title={text.closedTitle(setTitle(refusal.data.courseTitle))}
          action={<CourseDoor course={refusal.data.courseSlug}>{text.toCourse}</CourseDoor>}
        >
          {text.closedText}
        </EmptyState>
      );
    case 'TOPICS_NOT_FOUND':
    case 'COURSES_NOT_FOUND':
      return (
        <EmptyState level={1} title={text.missingTitle} action={toCourse(course)}>
          {text.missingText}
        </EmptyState>
      );
    default:
      return null;
  }
}

function titleOfClosed(refusal: WireError | null, text: Catalogue['courses']['topic']): string | undefined {
  switch (refusal?.code) {
    case 'TOPICS_NOT_OPEN':
      return refusal.data.topicTitle;
    case 'COURSES_NO_ACCESS':
      return refusal.data.courseTitle;
    default:
      return isClosed(refusal) ? text.missingTitle : undefined;
  }
}

const closedCodes = ['TOPICS_NOT_OPEN', 'COURSES_NO_ACCESS', 'TOPICS_NOT_FOUND', 'COURSES_NOT_FOUND'];

function isClosed(refusal: WireError | null): boolean {
  return refusal !== null && closedCodes.includes(refusal.code);
}

/** Opening a topic for the first time takes its course: what was read of courses before that is out of date. */
function useTaken(slug: string | undefined): void {
  const utils = trpc.useUtils();
  useEffect(() => {
    if (slug === undefined) return;
    void utils.courses.get.invalidate();
    void utils.progress.home.invalidate();
    void utils.progress.mine.invalidate();
    void utils.progress.statistics.invalidate();
  }, [slug, utils]);
}
