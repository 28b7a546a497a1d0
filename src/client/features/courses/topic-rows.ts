import type { CourseDto, TopicRowDto } from '#shared/courses.ts';

export type TopicRowKind =
  /** Can be entered. */
  | 'open'
  /** The next one to open: the only card of the list, with a countdown. */
  | 'next'
  /** Opens on a later date. */
  | 'locked'
  /** Its date has passed, but the course itself is not open to this person. */
  | 'closed';

/**
 * The topic that opens first of those not open yet. Dates need not follow the order of topics. One whose instant has just come stays the next
 * until the server says that it is open: only then the row after it becomes the card.
 */
export function nextOpening(topics: TopicRowDto[]): TopicRowDto | null {
  const ahead = topics.filter((topic) => !topic.open);
  return ahead.reduce<TopicRowDto | null>(
    (first, topic) => (first && Date.parse(first.opensAt) <= Date.parse(topic.opensAt) ? first : topic),
    null,
  );
}

/** Is the course itself open to whoever looks at it? To a guest one that costs nothing is: they sign in on the way. */
export function isCourseOpen({ mine, priceMinor, monthlyMinor }: Pick<CourseDto, 'mine' | 'priceMinor' | 'monthlyMinor'>): boolean {
  return mine?.allowed ?? (priceMinor === 0 && monthlyMinor === 0);
}

/** Whether a row can be entered is the server's word; `allowed`: see `isCourseOpen`. */
export function rowKind(topic: TopicRowDto, nextSlug: string | null, allowed: boolean): TopicRowKind {
  if (topic.open) return allowed ? 'open' : 'closed';
  return topic.slug === nextSlug ? 'next' : 'locked';
}

export type CourseAction =
  | { kind: 'continue'; slug: string; number: number }
  | { kind: 'start'; slug: string }
  | { kind: 'register' }
  /** Whoever may not open it yet can pay for it; a guest registers on the way. */
  | { kind: 'buy' }
  /** Everything open is done, or nothing is open yet, or the course is not open to this person. */
  | null;

export function isDone({ tasks }: TopicRowDto): boolean {
  return tasks.total > 0 && tasks.done >= tasks.total;
}

/** The one next step of a course page. */
export function courseAction({ mine, topics, forSale }: CourseDto): CourseAction {
  if (forSale && !mine?.allowed) return { kind: 'buy' };
  if (mine === null) return { kind: 'register' };
  if (!mine.allowed) return null;
  if (mine.enrolled) {
    const topic = topics.find(({ slug }) => slug === mine.continueTopic);
    if (!topic?.open || isDone(topic)) return null;
    // Bought or granted, and nothing was tried yet.
    return mine.firstTry === null ? { kind: 'start', slug: topic.slug } : { kind: 'continue', slug: topic.slug, number: topic.number };
  }
  const first = topics.find((topic) => topic.open);
  return first ? { kind: 'start', slug: first.slug } : null;
}

const sayingMs = 10_000;

/** Minutes left that are said aloud, for the ten seconds in which they are true, or null at every other moment. */
export function spokenMinutes(left: number): number | null {
  return [30, 5, 1].find((minutes) => left <= minutes * 60_000 && left > minutes * 60_000 - sayingMs) ?? null;
}
