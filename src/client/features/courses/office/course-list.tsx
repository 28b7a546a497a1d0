import { IconGripVertical } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import rowClasses from '#client/features/office/list/rows.module.css';
import { type Reorder, useReorder } from '#client/features/office/reorder/use-reorder.ts';
import { useSpoken } from '#client/features/office/reorder/use-spoken.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type from '#client/ui/type.module.css';
import type { OfficeCourseDto } from '#shared/curriculum.ts';
import classes from './course-list.module.css';
import { NewYearDialog } from './new-year-dialog.tsx';
import { before as movedBefore } from './programme-changes.ts';
import { type RowAction, RowMenu } from './row-menu.tsx';
import { StateTag } from './state-tag.tsx';
import { useCourseActions } from './use-course-actions.ts';
import { useCurriculum } from './use-curriculum.ts';

/** Courses by subject; within a subject in the order in which students find them. */
export function CourseList({ courses }: { courses: OfficeCourseDto[] }) {
  const { curriculum, reorder: moving } = useOfficeText();
  const hintId = useId();
  const move = useMoveCourse(courses);
  const subjects = [...Map.groupBy(courses, (course) => course.subject.id).values()].flatMap((of) =>
    of[0] ? [{ ...of[0].subject, of }] : [],
  );
  const reorder = useReorder({
    lists: subjects.map(({ id, of }) => ({ id, items: of.map((course) => course.id) })),
    crossing: false,
    words: useSpoken((id) => courses.find((course) => course.id === id)?.title ?? '', null),
    onDrop: (id, { beforeId }) => move(id, beforeId),
  });
  const byId = new Map(courses.map((course) => [course.id, course]));
  return (
    <div {...reorder.container} className={classes.subjects}>
      {subjects.map((subject, index) => {
        const ids = reorder.shown[index]?.items ?? [];
        return (
          <section key={subject.id} aria-labelledby={`${hintId}-${subject.id}`}>
            <h2 id={`${hintId}-${subject.id}`}>{subject.title}</h2>
            <ol data-list={subject.id} data-open="" aria-label={`${curriculum.courses.list} ${subject.title}`}>
              {ids.map((id, at) => {
                const course = byId.get(id);
                if (!course) return null;
                const [above, below] = [ids[at - 1], ids[at + 1]];
                const moves: RowAction[] = [
                  { label: curriculum.move.up, act: above === undefined ? undefined : () => move(id, above), apart: true },
                  { label: curriculum.move.down, act: below === undefined ? undefined : () => move(id, ids[at + 2] ?? null) },
                ];
                return <CourseRow key={id} course={course} hintId={hintId} reorder={reorder} moves={moves} />;
              })}
            </ol>
          </section>
        );
      })}
      <p id={hintId} className={type.hidden}>
        {moving.hint}
      </p>
      <div role="status" className={type.hidden}>
        {reorder.spoken}
      </div>
    </div>
  );
}

interface CourseRowProps {
  course: OfficeCourseDto;
  hintId: string;
  reorder: Reorder;
  moves: RowAction[];
}

function CourseRow({ course, hintId, reorder, moves }: CourseRowProps) {
  const { curriculum, reorder: moving } = useOfficeText();
  const [newYear, setNewYear] = useState(false);
  const { publish, unpublish, copy, remove } = useCourseActions(course);
  const facts = [
    curriculum.courses.target(course.target),
    curriculum.topics(course.topics),
    curriculum.students(course.students),
    ...(course.drafts > 0 ? [curriculum.drafts(course.drafts)] : []),
  ];
  return (
    <li data-item={course.id} className={reorder.lifted === course.id ? `${classes.row} ${classes.lifted}` : classes.row}>
      <button
        type="button"
        className={rowClasses.handle}
        aria-label={moving.handle(course.title)}
        aria-describedby={hintId}
        {...reorder.handle(course.id)}
      >
        <IconGripVertical {...icon.md} />
      </button>
      <span className={rowClasses.what}>
        <Link href={`/admin/courses/${course.slug}`}>{course.title}</Link>
        <span className={rowClasses.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {!course.published && <StateTag draft />}
        </span>
      </span>
      <RowMenu
        name={course.title}
        actions={[
          course.published ? { label: curriculum.act.unpublish, act: unpublish } : { label: curriculum.act.publish, act: publish },
          ...moves,
          { label: curriculum.act.copy, act: copy, apart: true },
          { label: curriculum.courses.newYear, act: () => setNewYear(true) },
          { label: curriculum.act.delete, act: () => void remove() },
        ]}
      />
      {newYear && <NewYearDialog course={course} onClose={() => setNewYear(false)} />}
    </li>
  );
}

function useMoveCourse(courses: OfficeCourseDto[]) {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum();
  return (id: string, beforeId: string | null) => {
    const moved = courses.find((course) => course.id === id);
    if (!moved) return;
    // The end of a subject is no end of the list of all courses, but what stands behind it there is of another subject.
    const inSubject = movedBefore(
      courses.filter((course) => course.subject.id === moved.subject.id),
      id,
      beforeId,
    );
    const others = courses.filter((course) => course.subject.id !== moved.subject.id);
    const first = courses.findIndex((course) => course.subject.id === moved.subject.id);
    let back: string | null = null;
    void act(
      {
        courses: (list) => ({ ...list, courses: others.toSpliced(first, 0, ...inSubject) }),
        send: async () => {
          back = (await api.moveCourse.mutate({ id, beforeId })).beforeId;
        },
      },
      () => ({
        message: curriculum.done.course.moved(moved.title),
        undo: () => act({ send: () => api.moveCourse.mutate({ id, beforeId: back }) }),
      }),
    );
  };
}
