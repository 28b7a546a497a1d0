export { primaryForTarget } from '#shared/scales.ts';

/** What decides whether a topic is open to a person. One rule for page, API, files, search, mail and bot. */
export interface TopicGate {
  opensAt: Date;
  /** The person has opened it before: it stays open when its date moves. */
  visited: boolean;
  /** A moderator opened it early for this person. */
  openedEarly: boolean;
  role: 'student' | 'moderator' | 'guest';
}

export function topicIsOpen(gate: TopicGate, now: Date): boolean {
  return gate.role === 'moderator' || gate.visited || gate.openedEarly || gate.opensAt <= now;
}

/** A free course is everybody's; another takes a grant or a payment, which both leave an enrolment. */
export function courseIsAllowed(course: { paid: boolean; enrolled: boolean; role: 'student' | 'moderator' }): boolean {
  return course.role === 'moderator' || !course.paid || course.enrolled;
}

/** Does an enrolment hold? What was paid by the month ends by the clock, whether anybody has taken the row away or not. @param until `enrolledUntil` */
export function isEnrolled(until: Date | null, now: Date): boolean {
  return until !== null && until > now;
}

const freshMs = 7 * 86_400_000;

/** «Новая»: opened within the last seven days. */
export function topicIsFresh(opensAt: Date, now: Date): boolean {
  return opensAt <= now && now.getTime() - opensAt.getTime() < freshMs;
}

/** A topic is done when all its tasks are solved; one of theory alone, when it was opened. */
export function topicIsDone({ tasks, visited }: { tasks: { done: number; total: number }; visited: boolean }): boolean {
  return tasks.total === 0 ? visited : tasks.done >= tasks.total;
}

/** The unfinished open topic worked on last, else the first unfinished open one, else the last open one. */
export function topicToContinue(
  topics: { slug: string; open: boolean; visited: boolean; tasks: { done: number; total: number }; lastAt: Date | null }[],
): string | null {
  const open = topics.filter((topic) => topic.open);
  const unfinished = open.filter((topic) => !topicIsDone(topic));
  const started = unfinished
    .filter((topic) => topic.lastAt !== null)
    .sort((a, b) => (b.lastAt?.getTime() ?? 0) - (a.lastAt?.getTime() ?? 0));
  return (started[0] ?? unfinished[0] ?? open.at(-1))?.slug ?? null;
}

/** Half of the pace of a story: it is read with a pencil, and a formula counts as one word. */
const wordsPerMinute = 100;

export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / wordsPerMinute));
}
