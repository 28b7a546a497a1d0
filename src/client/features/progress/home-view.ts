import type { CourseProgressDto, HomeDto } from '#shared/progress.ts';

/** Address of the very task to go on with; null when the topic named is done and there is nothing to go on with. */
export function continueLink(at: HomeDto['continueAt']): string | null {
  if (at === null) return null;
  const done = at.tasks.total > 0 && at.tasks.done >= at.tasks.total;
  if (done) return null;
  return `/courses/${at.courseSlug}/${at.topicSlug}${at.task ? `#${at.task.slug}` : ''}`;
}

/** The next opening over all courses. */
export function soonest(courses: Pick<CourseProgressDto, 'nextOpensAt'>[]): string | null {
  const dates = courses.flatMap(({ nextOpensAt }) => nextOpensAt ?? []);
  return dates.reduce<string | null>((first, at) => (first !== null && Date.parse(first) <= Date.parse(at) ? first : at), null);
}
