import { Link, useLocation } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import classes from './course-tabs.module.css';

/** The parts of a course, below the head of each of its pages. */
export function CourseTabs({ course }: { course: string }) {
  const { tabs } = useOfficeText().curriculum.course;
  const [path] = useLocation();
  const parts = [
    { href: `/admin/courses/${course}`, label: tabs.programme },
    { href: `/admin/courses/${course}/exams`, label: tabs.exams },
    { href: `/admin/courses/${course}/statistics`, label: tabs.statistics },
    { href: `/admin/students?course=${course}`, label: tabs.students },
    { href: `/admin/courses/${course}/settings`, label: tabs.settings },
    { href: `/admin/courses/${course}/transfer`, label: tabs.transfer },
  ];
  return (
    <nav className={classes.tabs} aria-label={tabs.label}>
      {parts.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === path ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
