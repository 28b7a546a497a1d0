import { Link, useParams } from 'wouter';
import { CourseDoor } from '#client/features/courses/course-door.tsx';
import { useOpening } from '#client/features/courses/use-opening.ts';
import { appError } from '#client/lib/errors.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type { WireError } from '#shared/errors.ts';
import type { ExamDto } from '#shared/exams.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudyCatalogue } from '#shared/i18n/study-catalogue.ts';
import { ExamDoor } from './exam-door.tsx';
import { ExamHistory } from './exam-history.tsx';
import classes from './exam-page.module.css';
import { ExamRules } from './exam-rules.tsx';

/** An exam before it begins, and between attempts: what it is, its rules in words, how it went so far. */
export function ExamPage() {
  const { course = '', exam = '' } = useParams<{ course: string; exam: string }>();
  const text = useStudyText().exams.page;
  const query = trpc.exams.get.useQuery({ course, exam }, { refetchOnMount: 'always' });
  const refusal = query.data === undefined ? appError(query.error) : null;
  const title = query.data ? setTitle(query.data.title) : closedTitle(refusal, text);
  usePageTitle(title);
  useOpening(query.data?.state === 'soon' ? query.data.opensAt : null, () => void query.refetch());
  return (
    <div className={layout.wrap}>
      {title !== undefined && query.data === undefined ? (
        <Closed title={title} refusal={refusal} />
      ) : (
        <QueryView query={query} level={1} errorTitle={text.failed} skeleton={<Skeleton />}>
          {(loaded) => <Exam exam={loaded} />}
        </QueryView>
      )}
    </div>
  );
}

/** Refusals that are no faults: there is no such exam, or it belongs to a course that is not this student's. */
function closedTitle(refusal: WireError | null, text: StudyCatalogue['exams']['page']): string | undefined {
  switch (refusal?.code) {
    case 'COURSES_NO_ACCESS':
      return text.closedTitle(setTitle(refusal.data.courseTitle));
    case 'EXAMS_NOT_FOUND':
    case 'COURSES_NOT_FOUND':
    case 'INPUT_INVALID':
      return text.missingTitle;
    default:
      return undefined;
  }
}

function Closed({ title, refusal }: { title: string; refusal: WireError | null }) {
  const text = useStudyText().exams.page;
  const closed = refusal?.code === 'COURSES_NO_ACCESS' ? refusal.data : null;
  const door = closed ? (
    <CourseDoor course={closed.courseSlug}>{text.toCourse}</CourseDoor>
  ) : (
    <LinkButton href="/courses">{text.missingAction}</LinkButton>
  );
  return (
    <EmptyState level={1} title={title} action={door}>
      {closed ? text.closedText : text.missingText}
    </EmptyState>
  );
}

function Exam({ exam }: { exam: ExamDto }) {
  return (
    <>
      <p className={classes.crumbs}>
        <Link lang="ru" href={`/courses/${exam.course.slug}`}>
          {setTitle(exam.course.title)}
        </Link>
      </p>
      <h1 lang="ru" className={classes.title}>
        {setTitle(exam.title)}
      </h1>
      {exam.aboutHtml && <Prose html={exam.aboutHtml} size="plain" className={classes.about} />}
      <div className={classes.split}>
        <div>
          <ExamRules exam={exam} />
          <ExamDoor exam={exam} />
        </div>
        <ExamHistory exam={exam} />
      </div>
    </>
  );
}

function Skeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={20} />
      <SkeletonBlock width={420} height={40} mt={12} />
      <SkeletonText lines={6} lineHeight={32} mt={32} />
    </>
  );
}
