import { IconEye, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import { CourseMissing } from './course-missing.tsx';
import { CourseTabs } from './course-tabs.tsx';
import { NewTopicDialog } from './new-dialogs.tsx';
import { Programme } from './programme.tsx';

/** The topics and tasks of a course: their order, dates and states. */
export function ProgrammePage() {
  const { course: slug = '' } = useParams<{ course: string }>();
  const { curriculum, shell } = useOfficeText();
  // Others may be changing it at the same time.
  const query = trpc.courses.office.programme.useQuery({ course: slug }, { refetchOnWindowFocus: 'always' });
  const [adding, setAdding] = useState(false);
  const course = query.data;
  if (appError(query.error)?.code === 'COURSES_NOT_FOUND') return <CourseMissing />;
  return (
    <OfficePage
      title={course?.title}
      trail={[{ href: '/admin/courses', label: shell.nav.courses }]}
      facts={course && <Facts course={course} />}
      actions={
        course && (
          <>
            {course.published && (
              <LinkButton href={`/courses/${course.slug}`} variant="default" size="sm" leftSection={<IconEye {...icon.sm} />}>
                {curriculum.course.seeAsStudent}
              </LinkButton>
            )}
            <Button size="sm" leftSection={<IconPlus {...icon.sm} />} onClick={() => setAdding(true)}>
              {curriculum.programme.addTopic}
            </Button>
          </>
        )
      }
    >
      <CourseTabs course={slug} />
      <QueryView query={query} skeleton={<SkeletonBlock height={520} />} errorTitle={curriculum.course.failed}>
        {(loaded) => <Programme course={loaded} onAddTopic={() => setAdding(true)} />}
      </QueryView>
      {adding && course && <NewTopicDialog course={course} onClose={() => setAdding(false)} />}
    </OfficePage>
  );
}

export function Facts({ course }: { course: ProgrammeDto }) {
  const { curriculum } = useOfficeText();
  const locale = useLocale();
  return (
    <>
      <span>{course.published ? curriculum.state.published : curriculum.state.draft}</span>
      <span>{curriculum.students(course.students)}</span>
      <span>{curriculum.zone(zoneInSentence(locale, course.timeZone, serverNow()))}</span>
    </>
  );
}
