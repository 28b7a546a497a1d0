import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { singleClick } from '#client/lib/single-click.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeSubjectDto, ProgrammeDto } from '#shared/curriculum.ts';
import { CourseForm } from './course-form.tsx';
import { CourseMissing } from './course-missing.tsx';
import { CourseTabs } from './course-tabs.tsx';
import classes from './forms.module.css';
import { NewYearDialog } from './new-year-dialog.tsx';
import { PriceForm } from './price-form.tsx';
import { Facts } from './programme-page.tsx';
import { StateTag } from './state-tag.tsx';
import { useCourseActions } from './use-course-actions.ts';
import { useCurriculum } from './use-curriculum.ts';

/** What a course is called and for whom it is; its description, publication, copies and end. */
export function CourseSettingsPage() {
  const { course: slug = '' } = useParams<{ course: string }>();
  const { curriculum, shell } = useOfficeText();
  const query = trpc.courses.office.programme.useQuery({ course: slug });
  const subjects = trpc.courses.office.subjects.useQuery();
  const course = query.data;
  if (appError(query.error)?.code === 'COURSES_NOT_FOUND') return <CourseMissing />;
  return (
    <OfficePage
      title={course?.title}
      trail={[{ href: '/admin/courses', label: shell.nav.courses }]}
      facts={course && <Facts course={course} />}
    >
      <CourseTabs course={slug} />
      <QueryView query={query} skeleton={<SkeletonBlock height={480} />} errorTitle={curriculum.course.failed}>
        {(loaded) => (
          <QueryView query={subjects} skeleton={<SkeletonBlock height={480} />} errorTitle={curriculum.subjects.failed}>
            {(found) => <Settings course={loaded} subjects={found} />}
          </QueryView>
        )}
      </QueryView>
    </OfficePage>
  );
}

function Settings({ course, subjects }: { course: ProgrammeDto; subjects: OfficeSubjectDto[] }) {
  const text = useText();
  const { curriculum } = useOfficeText();
  const { api, change } = useCurriculum(course.slug);
  const { publish, unpublish, copy, remove } = useCourseActions(course);
  const [, navigate] = useLocation();
  const [newYear, setNewYear] = useState(false);
  const words = curriculum.settings;
  return (
    <>
      <CourseForm
        subjects={subjects}
        memory={`course.${course.id}`}
        stored={{
          title: course.title,
          subjectId: course.subject.id,
          target: String(course.target),
          summary: course.summary,
          schedule: course.schedule ?? '',
          chatAfter: String(course.chatAfter),
        }}
        submitLabel={text.common.save}
        busyLabel={text.common.saving}
        savedLabel={words.saved}
        onSubmit={({ target, chatAfter, ...fields }) =>
          change({
            send: () => api.updateCourse.mutate({ id: course.id, ...fields, target: Number(target), chatAfter: Number(chatAfter) }),
          })
        }
      />
      <PriceForm course={course} />
      <section className={classes.section} aria-labelledby="description">
        <h2 id="description">
          {words.description} <StateTag edited={course.edited} />
        </h2>
        <p className={classes.note}>{words.descriptionNote}</p>
        <div className={classes.foot}>
          <LinkButton variant="default" href={`/admin/descriptions/${course.id}`}>
            {words.descriptionAct}
          </LinkButton>
        </div>
      </section>
      <section className={classes.section} aria-labelledby="visibility">
        <h2 id="visibility">{words.visibility}</h2>
        <p className={classes.note}>{course.published ? words.isPublished : words.isDraft}</p>
        <div className={classes.foot}>
          <Button variant="default" onClick={singleClick(course.published ? unpublish : publish)}>
            {course.published ? curriculum.act.unpublish : curriculum.act.publish}
          </Button>
        </div>
      </section>
      <section className={classes.section} aria-labelledby="copies">
        <h2 id="copies">{words.copyTitle}</h2>
        <p className={classes.note}>{words.copyNote}</p>
        <div className={classes.foot}>
          <Button variant="default" onClick={() => setNewYear(true)}>
            {curriculum.courses.newYear}
          </Button>
          <Button variant="default" onClick={singleClick(copy)}>
            {curriculum.act.copy}
          </Button>
        </div>
      </section>
      <section className={classes.section} aria-labelledby="delete">
        <h2 id="delete">{words.deleteTitle}</h2>
        <p className={classes.note}>{words.deleteNote(course.students)}</p>
        <div className={classes.foot}>
          <Button variant="default" onClick={singleClick(() => void remove(() => navigate('/admin/courses')))}>
            {words.deleteAct}
          </Button>
        </div>
      </section>
      {newYear && <NewYearDialog course={course} onClose={() => setNewYear(false)} />}
    </>
  );
}
