import { Link } from 'wouter';
import { useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentCourseDto, StudentDto } from '#shared/students.ts';
import classes from './student-courses.module.css';
import { StudentTopics } from './student-topics.tsx';
import { useStudentChange } from './use-student-change.ts';

/** Which courses a student takes and how they came by them; all others, to be given. */
export function StudentCourses({ student }: { student: StudentDto }) {
  const { courses: words } = useOfficeText().students;
  const query = trpc.people.students.courses.useQuery({ personId: student.id });
  return (
    <QueryView query={query} errorTitle={words.load} skeleton={<SkeletonBlock height={320} />}>
      {(courses) => {
        const taken = courses.filter((course) => course.enrolled);
        const others = courses.filter((course) => !course.enrolled);
        return (
          <>
            {taken.length === 0 && <EmptyState title={words.none}>{words.noneText}</EmptyState>}
            {taken.map((course) => (
              <TakenCourse key={course.id} course={course} personId={student.id} open={taken.length === 1} />
            ))}
            <section className={classes.others} aria-labelledby="other-courses">
              <h2 id="other-courses" className={type_.h3}>
                {words.others}
              </h2>
              {others.length === 0 ? (
                <p className={type_.dim}>{words.noOthers}</p>
              ) : (
                <ul className={`${layout.list} ${classes.list}`}>
                  {others.map((course) => (
                    <OtherCourse key={course.id} course={course} personId={student.id} />
                  ))}
                </ul>
              )}
            </section>
          </>
        );
      }}
    </QueryView>
  );
}

function TakenCourse({ course, personId, open }: { course: StudentCourseDto; personId: string; open: boolean }) {
  const { students, payments } = useOfficeText();
  const { courses: words } = students;
  const { ofStudent: paid } = payments;
  const takesPayments = useMe()?.payments === true;
  const text = useText();
  const format = useFormat();
  const done = useStudentChange(personId);
  const offerUndo = useUndo();
  const back = trpc.people.students.grantCourse.useMutation({ onSuccess: done });
  const revoke = trpc.people.students.revokeCourse.useMutation({
    async onSuccess(taken) {
      await done();
      const message = course.free ? words.revokedFree(course.title) : words.revoked(course.title);
      if (taken) offerUndo({ message, undo: () => back.mutateAsync({ personId, courseId: course.id, as: taken }) });
    },
  });
  const { enrolled } = course;
  return (
    <section className={classes.course} aria-labelledby={`course-${course.slug}`}>
      <div className={classes.head}>
        <div className={classes.title}>
          <h2 id={`course-${course.slug}`} className={type_.h3}>
            <Link lang="ru" href={`/admin/courses/${course.slug}`}>
              {setTitle(course.title)}
            </Link>
            {!course.published && <span className={`${layout.tag} ${classes.draft}`}>{words.draft}</span>}
          </h2>
          {enrolled && (
            <p className={`${type_.sm} ${type_.dim}`}>
              {enrolled.how === 'paid'
                ? paid.paid(format.date(enrolled.at))
                : enrolled.how === 'granted'
                  ? words.granted(format.date(enrolled.at))
                  : words.free(format.date(enrolled.at))}
              {enrolled.until !== null && `, ${paid.until(format.date(enrolled.until))}`}
            </p>
          )}
        </div>
        {enrolled?.how === 'paid' ? (
          // What was paid for is taken back with its money: where the school takes payments.
          takesPayments && (
            <LinkButton href={`/admin/students/${personId}?tab=payments`} variant="default" size="sm">
              {paid.toPayments}
            </LinkButton>
          )
        ) : (
          <BusyButton
            type="button"
            variant="default"
            size="sm"
            busy={revoke.isPending}
            busyLabel={words.revoking}
            label={words.revokeOf(course.title)}
            onClick={() => revoke.mutate({ personId, courseId: course.id })}
          >
            {words.revoke}
          </BusyButton>
        )}
      </div>
      <FormError>{revoke.error && errorText(revoke.error, text, format)}</FormError>
      {course.topics.length === 0 ? (
        <p className={`${type_.sm} ${type_.dim}`}>{words.noTopics}</p>
      ) : (
        <details className={classes.topics} open={open}>
          <summary>{words.topics(course.topics.length)}</summary>
          <StudentTopics topics={course.topics} personId={personId} />
        </details>
      )}
    </section>
  );
}

function OtherCourse({ course, personId }: { course: StudentCourseDto; personId: string }) {
  const { courses: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const done = useStudentChange(personId);
  const offerUndo = useUndo();
  const back = trpc.people.students.revokeCourse.useMutation({ onSuccess: done });
  const grant = trpc.people.students.grantCourse.useMutation({
    async onSuccess() {
      await done();
      offerUndo({ message: words.grantedNow(course.title), undo: () => back.mutateAsync({ personId, courseId: course.id }) });
    },
  });
  return (
    <li className={classes.other}>
      <div className={classes.title}>
        <p>
          {setTitle(course.title)}
          {!course.published && <span className={`${layout.tag} ${classes.draft}`}>{words.draft}</span>}
        </p>
        {course.free && <p className={`${type_.sm} ${type_.dim}`}>{words.freeNote}</p>}
        <FormError>{grant.error && errorText(grant.error, text, format)}</FormError>
      </div>
      <BusyButton
        type="button"
        variant="default"
        size="sm"
        busy={grant.isPending}
        busyLabel={words.granting}
        label={words.grantOf(course.title)}
        onClick={() => grant.mutate({ personId, courseId: course.id })}
      >
        {words.grant}
      </BusyButton>
    </li>
  );
}
