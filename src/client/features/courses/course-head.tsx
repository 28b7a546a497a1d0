import { Link } from 'wouter';
import { withNext } from '#client/features/auth/next.ts';
import { Edit } from '#client/features/office/edit/edit.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { CourseDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './course.module.css';
import { usePriceLine } from './price-line.ts';
import { courseAction, isDone } from './topic-rows.ts';

export function CourseHead({ course }: { course: CourseDto }) {
  const text = useText().courses;
  return (
    <>
      <nav className={classes.crumbs} aria-label={text.course.crumbs}>
        <Link href="/courses">{text.list.title}</Link>
        <span aria-hidden="true">/</span>
        <span lang="ru">{setTitle(course.subject.title)}</span>
      </nav>
      <div className={classes.head}>
        <div>
          <h1 lang="ru">{setTitle(course.title)}</h1>
          <p className={classes.lead}>
            {setTitle(course.summary)} {course.targetPrimary !== null && text.course.goal(course.targetPrimary, course.subject.maxPrimary)}
          </p>
          <Edit thing={{ kind: 'course', course: course.slug, title: course.title }} />
        </div>
        <CourseStep course={course} />
      </div>
    </>
  );
}

/** The one next step: buy, register, start, go on; or the word that there is none now. */
function CourseStep({ course }: { course: CourseDto }) {
  const text = useText().courses.course;
  const here = `/courses/${course.slug}`;
  const action = courseAction(course);
  const price = usePriceLine();
  switch (action?.kind) {
    case 'buy': {
      const till = `/pay/${course.slug}`;
      return (
        <div className={classes.step}>
          <p className={classes.price}>{price(course)}</p>
          <LinkButton size="lg" fullWidth href={course.mine ? till : withNext('/register', till)}>
            {text.buy}
          </LinkButton>
          {!course.mine && (
            <Link href={withNext('/login', here)} className={classes.signIn}>
              {text.signIn}
            </Link>
          )}
        </div>
      );
    }
    case 'register':
      return (
        <div className={classes.step}>
          <LinkButton size="lg" fullWidth href={withNext('/register', here)}>
            {text.register}
          </LinkButton>
          <Link href={withNext('/login', here)} className={classes.signIn}>
            {text.signIn}
          </Link>
        </div>
      );
    case 'start':
      return (
        <LinkButton size="lg" fullWidth href={`${here}/${action.slug}`}>
          {text.start}
        </LinkButton>
      );
    case 'continue':
      return (
        <LinkButton size="lg" fullWidth href={`${here}/${action.slug}`}>
          {text.continueTopic(action.number)}
        </LinkButton>
      );
    default:
      return course.topics.some(isDone) ? <p className={classes.rest}>{text.allDone}</p> : null;
  }
}
