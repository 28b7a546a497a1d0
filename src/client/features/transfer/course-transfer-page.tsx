import { IconDownload } from '@tabler/icons-react';
import { useParams } from 'wouter';
import { CourseMissing } from '#client/features/courses/office/course-missing.tsx';
import { CourseTabs } from '#client/features/courses/office/course-tabs.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { buttonLook } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { CourseFromZip } from './course-from-zip.tsx';
import { QuestionsSection } from './questions-section.tsx';
import classes from './transfer.module.css';

/** Out of the school and into it: a course as an archive, tasks as a table. */
export function CourseTransferPage() {
  const { course: slug = '' } = useParams<{ course: string }>();
  const { transfer, shell } = useOfficeText();
  const query = trpc.transfer.course.useQuery({ course: slug }, { refetchOnWindowFocus: 'always' });
  if (appError(query.error)?.code === 'COURSES_NOT_FOUND') return <CourseMissing />;
  return (
    <OfficePage title={query.data?.title} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
      <CourseTabs course={slug} />
      <QueryView query={query} skeleton={<SkeletonBlock height={520} />} errorTitle={transfer.failed}>
        {(course) => (
          <>
            <section className={classes.section} aria-labelledby="transfer-download">
              <h2 id="transfer-download">{transfer.download.title}</h2>
              <p className={classes.lead}>{transfer.download.text}</p>
              {/* Without `download`: when the session has ended the answer is the sign-in page, and that is to be seen, not saved. */}
              <a {...buttonLook({ size: 'sm' })} href={`/api/courses/${course.slug}.zip`}>
                <IconDownload {...icon.sm} />
                {transfer.download.button}
              </a>
            </section>
            <QuestionsSection course={course} />
            <section className={classes.section} aria-labelledby="transfer-replace">
              <h2 id="transfer-replace">{transfer.replace.title}</h2>
              <CourseFromZip label={transfer.replace.title} help={transfer.replace.text} course={course.slug} />
            </section>
          </>
        )}
      </QueryView>
    </OfficePage>
  );
}
