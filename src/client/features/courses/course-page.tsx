import { Suspense } from 'react';
import { useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { lazyStudy } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import type { CourseDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './course.module.css';
import { CourseAside } from './course-aside.tsx';
import { CourseHead } from './course-head.tsx';
import { CourseSkeleton } from './course-skeleton.tsx';
import { TopicList } from './topic-list.tsx';
import { nextOpening } from './topic-rows.ts';
import { useOpening } from './use-opening.ts';

const CourseExams = lazyStudy(() => import('#client/features/exams/course-exams.tsx'), 'CourseExams');

export function CoursePage() {
  const { course = '' } = useParams<{ course: string }>();
  const text = useText().courses.course;
  const query = trpc.courses.get.useQuery({ course });
  const missing = appError(query.error)?.code === 'COURSES_NOT_FOUND';
  usePageTitle(query.data ? setTitle(query.data.title) : missing ? text.missingTitle : undefined);
  const next = query.data ? nextOpening(query.data.topics) : null;
  useOpening(next?.opensAt ?? null, () => void query.refetch());
  return (
    <div className={layout.wrap}>
      {missing ? (
        <EmptyState level={1} title={text.missingTitle} action={<LinkButton href="/courses">{text.missingAction}</LinkButton>}>
          {text.missingText}
        </EmptyState>
      ) : (
        <QueryView query={query} level={1} errorTitle={text.failed} skeleton={<CourseSkeleton />}>
          {(loaded) => <Course course={loaded} />}
        </QueryView>
      )}
    </div>
  );
}

function Course({ course }: { course: CourseDto }) {
  const text = useText().courses.course;
  const me = useMe();
  const closed = course.mine !== null && !course.mine.allowed;
  return (
    <>
      <CourseHead course={course} />
      {closed && (
        <NoteBox className={classes.closed}>
          <b>{text.closedTitle}.</b> {course.forSale ? text.closedForSale : text.closedText}
        </NoteBox>
      )}
      <div className={classes.split}>
        <div className={classes.contents}>
          <TopicList course={course} />
          {me && (
            <Suspense fallback={null}>
              <CourseExams course={course.slug} allowed={!closed} />
            </Suspense>
          )}
        </div>
        <CourseAside course={course} />
        {course.descriptionHtml && (
          <section aria-labelledby="about-course" className={classes.about}>
            <h2 id="about-course">{text.about}</h2>
            <Prose html={course.descriptionHtml} size="plain" className={classes.description} />
          </section>
        )}
      </div>
    </>
  );
}
