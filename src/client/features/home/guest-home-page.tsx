import { Link } from 'wouter';
import { CourseCards } from '#client/features/courses/course-cards.tsx';
import { SampleTask } from '#client/features/tasks/sample-task.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { buttonLook } from '#client/ui/button.tsx';
import layout from '#client/ui/layout.module.css';
import type from '#client/ui/type.module.css';
import classes from './guest-home-page.module.css';

/** One sentence, one task to try, the courses, and how it works. Nothing is promised here that the school cannot do. */
export function GuestHomePage() {
  const { home } = useText();
  usePageTitle(undefined);
  return (
    <div className={layout.wrap}>
      <div className={classes.hero}>
        <div>
          <h1 className={type.display}>{home.title}</h1>
          <div className={classes.doors}>
            <a {...buttonLook({ size: 'lg' })} href="#courses">
              {home.choose}
            </a>
            <p className={type.dim}>
              {home.already} <Link href="/login">{home.signIn}</Link>
            </p>
          </div>
        </div>
        <SampleTask className={classes.sample} />
      </div>
      <section className={classes.section} aria-labelledby="courses">
        <h2 id="courses" className={type.h1}>
          {home.courses}
        </h2>
        <p className={classes.lead}>{home.coursesLead}</p>
        <CourseCards level={3} />
      </section>
      <section className={classes.section} aria-labelledby="how">
        <h2 id="how" className={type.h1}>
          {home.how.title}
        </h2>
        <ul className={classes.how}>
          {home.how.items.map(({ fact, title, text }) => (
            <li key={title}>
              <p className={classes.fact}>{fact}</p>
              <h3>{title}</h3>
              <p className={type.dim}>{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
