import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import classes from './course-tabs.module.css';

/** The parts of a course, below the head of each of its pages. */
export function CourseTabs({ course }: { course: string }) {
  const { tabs } = useOfficeText().curriculum.course;
  const [path] = useLocation();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is wider than a phone, and each page's own tab is to be seen
  useEffect(() => {
    const row = nav.current;
    const current = row?.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft + current.offsetWidth / 2 - row.clientWidth / 2;
  }, [path]);
  const parts = [
    { href: `/admin/courses/${course}`, label: tabs.programme },
    { href: `/admin/courses/${course}/exams`, label: tabs.exams },
    { href: `/admin/courses/${course}/statistics`, label: tabs.statistics },
    { href: `/admin/students?course=${course}`, label: tabs.students },
    { href: `/admin/courses/${course}/settings`, label: tabs.settings },
    { href: `/admin/courses/${course}/transfer`, label: tabs.transfer },
  ];
  return (
    <nav ref={nav} className={classes.tabs} aria-label={tabs.label}>
      {parts.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === path ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
