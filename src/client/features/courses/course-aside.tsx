import { type ReactNode, Suspense } from 'react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { lazyPayments } from '#client/lib/payments-text.ts';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import type { CourseDto } from '#shared/courses.ts';
import classes from './course.module.css';
import { usePriceLine } from './price-line.ts';
import { isCourseOpen } from './topic-rows.ts';

const PaidUntil = lazyPayments(() => import('#client/features/payments/paid-until.tsx'), 'PaidUntil');

export function CourseAside({ course }: { course: CourseDto }) {
  return (
    <aside className={classes.aside}>
      {course.mine?.enrolled ? <Path course={course} mine={course.mine} /> : <Facts course={course} />}
    </aside>
  );
}

function Path({ course, mine }: { course: CourseDto; mine: NonNullable<CourseDto['mine']> }) {
  const text = useText().courses.path;
  const format = useFormat();
  const me = useMe();
  const { topics, tasks, firstTry } = mine;
  return (
    <section aria-labelledby="course-path">
      <h2 id="course-path" className={classes.asideTitle}>
        {text.title}
      </h2>
      <p className={classes.bignum}>
        <b>{topics.done}</b>/{topics.total} <span>{text.topicsUnit(topics.total)}</span>
      </p>
      <ProgressBar done={topics.done} total={topics.total} className={classes.bar} />
      <dl className={classes.facts}>
        <Fact name={text.tasks}>
          {tasks.done}/{tasks.total}
        </Fact>
        {firstTry && firstTry.total > 0 && <Fact name={text.firstTry}>{format.percent(firstTry.done / firstTry.total)}</Fact>}
        <Fact name={text.open}>{text.openOf(mine.openTopics, course.topics.length)}</Fact>
      </dl>
      {me?.payments && course.monthlyMinor > 0 && (
        <Suspense fallback={null}>
          <PaidUntil course={course.slug} />
        </Suspense>
      )}
    </section>
  );
}

/** For whoever has not begun: what the course holds. */
function Facts({ course }: { course: CourseDto }) {
  const text = useText().courses.facts;
  const price = usePriceLine();
  const tasks = course.topics.reduce((sum, topic) => sum + topic.tasks.total, 0);
  return (
    <section aria-labelledby="course-facts">
      <h2 id="course-facts" className={classes.asideTitle}>
        {text.title}
      </h2>
      <dl className={classes.facts}>
        <Fact name={text.topics}>{course.topics.length}</Fact>
        <Fact name={text.tasks}>{tasks}</Fact>
        {isCourseOpen(course) && <Fact name={text.open}>{course.topics.filter((topic) => topic.open).length}</Fact>}
        <Fact name={text.price}>{price(course)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
