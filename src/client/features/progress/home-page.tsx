import { Suspense, useState } from 'react';
import { CourseCards } from '#client/features/courses/course-cards.tsx';
import { useOpening } from '#client/features/courses/use-opening.ts';
import { Edit } from '#client/features/office/edit/edit.tsx';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { lazyNotices } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { openedAnewUnlessSent } from '#client/lib/sent.ts';
import { lazyStudy } from '#client/lib/study-text.ts';
import { lazyTalk } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { MistakesBriefDto } from '#shared/mistakes.ts';
import type { HomeDto } from '#shared/progress.ts';
import { capitalised } from './capitalised.ts';
import { ContinueCard } from './continue-card.tsx';
import classes from './home.module.css';
import { HomeSkeleton } from './home-skeleton.tsx';
import { soonest } from './home-view.ts';
import { MyCourses } from './my-courses.tsx';
import { Streak } from './streak.tsx';
import { Upcoming } from './upcoming.tsx';

const MistakesBlock = lazyStudy(() => import('./mistakes/mistakes-block.tsx'), 'MistakesBlock');
const AnswersBlock = lazyTalk(() => import('#client/features/chat/answers-block.tsx'), 'AnswersBlock');
const NewsBlock = lazyNotices(() => import('#client/features/news/news-block.tsx'), 'NewsBlock');
const RunningExam = lazyStudy(() => import('#client/features/exams/running-exam.tsx'), 'RunningExam');

const newsShown = 3;

export function StudentHomePage() {
  const text = useText().progress.home;
  const query = trpc.progress.home.useQuery();
  const student = useMe()?.role === 'student';
  const mistakes = trpc.progress.mistakes.brief.useQuery(undefined, { enabled: student });
  const running = trpc.exams.running.useQuery(undefined, { enabled: student, refetchOnMount: openedAnewUnlessSent });
  const unread = trpc.chat.unread.useQuery(undefined, { enabled: student });
  // On its way with the rest: the block is there before one has read so far.
  trpc.news.feed.usePrefetchQuery({ limit: newsShown });
  // What comes while the home is read is counted in the head: it must not push down what is being read.
  const [answeredAtFirst, setAnsweredAtFirst] = useState<number | null>(null);
  if (answeredAtFirst === null && unread.data) setAnsweredAtFirst(unread.data.messages > 0 ? unread.data.threads : 0);
  const answered = answeredAtFirst ?? 0;
  usePageTitle(text.title);
  useOpening(query.data ? soonest(query.data.courses) : null, () => void query.refetch());
  return (
    <div className={layout.wrap}>
      {/* Both at once: what comes second would push down what is being read. Without the mistakes the home is a home all the same. */}
      <QueryView
        query={mistakes.isLoading || running.isLoading || unread.isLoading ? { ...query, data: undefined, isError: false } : query}
        level={1}
        errorTitle={text.failed}
        skeleton={<HomeSkeleton />}
      >
        {(home) => (
          <Suspense
            fallback={
              <Pending>
                <HomeSkeleton />
              </Pending>
            }
          >
            {running.data && <RunningExam />}
            {answered > 0 && <AnswersBlock threads={answered} />}
            {home.courses.length === 0 ? <Newcomer home={home} /> : <Home home={home} mistakes={mistakes.data} />}
          </Suspense>
        )}
      </QueryView>
    </div>
  );
}

function Home({ home, mistakes }: { home: HomeDto; mistakes: MistakesBriefDto | undefined }) {
  const text = useText().progress.home;
  const name = useMe()?.firstName ?? '';
  return (
    <>
      <Today now={home.now} />
      <h1 className={classes.title}>{text.welcomeBack(name)}</h1>
      <Edit thing={{ kind: 'home' }} />
      <div className={classes.split}>
        <div className={classes.main}>
          <ContinueCard home={home} />
          {mistakes && mistakes.due > 0 && <MistakesBlock brief={mistakes} />}
          <MyCourses courses={home.courses} />
        </div>
        <aside className={classes.aside}>
          <Streak streak={home.streak} />
          <Upcoming topics={home.upcoming} nameCourse={home.courses.length > 1} />
          <News />
        </aside>
      </div>
    </>
  );
}

/** Nobody's home is empty: the first thing to do is to choose, and it can be done right here. */
function Newcomer({ home }: { home: HomeDto }) {
  const text = useText().progress.home;
  const me = useMe();
  const teacher = me?.role === 'moderator';
  return (
    <>
      <Today now={home.now} />
      <h1 className={classes.title}>{text.hello(me?.firstName ?? '')}</h1>
      <Edit thing={{ kind: 'home' }} />
      <section className={classes.newcomer} aria-labelledby="choose-course">
        <h2 id="choose-course">{teacher ? text.teacherTitle : text.newcomerTitle}</h2>
        <p>{teacher ? text.teacherText : text.newcomerText}</p>
        <CourseCards level={3} />
      </section>
      <div className={classes.newcomerNews}>
        <News />
      </div>
    </>
  );
}

/** Last of all, so that it pushes nothing; the home does not wait for it. */
function News() {
  return (
    <Suspense fallback={<SkeletonBlock height={320} />}>
      <NewsBlock count={newsShown} />
    </Suspense>
  );
}

function Today({ now }: { now: string }) {
  const format = useFormat();
  return <p className={classes.today}>{capitalised(format.weekday(now), format.locale)}</p>;
}
