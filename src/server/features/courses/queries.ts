import type { CourseDto, SubjectDto, TopicRowDto } from '#shared/courses.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { courseIsAllowed, isEnrolled, primaryForTarget, topicIsDone, topicIsFresh, topicIsOpen, topicToContinue } from './rules.ts';
import { enrolledUntil, isPaid, isShown, topicIsShown } from './visible.ts';

interface CardRow {
  slug: string;
  title: string;
  target: number;
  summary: string;
  price_minor: number;
  monthly_minor: number;
  currency: string;
  topics: number;
  first_opens_at: Date | null;
  subject_slug: string;
  subject_title: string;
  about: string;
  max_primary: number;
  scale: number[] | null;
}

/** Latest scale of a course's subject, for a statement with `c`. */
const latestScale = '(SELECT points FROM scale WHERE scale.subject_id = c.subject_id ORDER BY year DESC LIMIT 1)';

/** All published courses, by subject and in the order that moderators gave them. One statement. */
export async function listSubjects(app: App): Promise<SubjectDto[]> {
  const { rows } = await app.pool.query<CardRow>({
    name: 'course-cards',
    text: `SELECT c.slug, c.title, c.target, c.summary, c.price_minor, c.monthly_minor, c.currency, s.slug AS subject_slug, s.title AS subject_title, s.about, s.max_primary,
        ${latestScale} AS scale, count(t.id)::int AS topics, min(t.opens_at) AS first_opens_at
      FROM course c JOIN subject s ON s.id = c.subject_id LEFT JOIN topic t ON t.course_id = c.id AND ${isShown('t')}
      WHERE ${isShown('c')} GROUP BY c.id, s.id ORDER BY s.position, s.id, c.position, c.target, c.id`,
  });
  const subjects: SubjectDto[] = [];
  for (const row of rows) {
    let subject = subjects.at(-1);
    if (subject?.slug !== row.subject_slug) {
      subject = { slug: row.subject_slug, title: row.subject_title, about: row.about, maxPrimary: row.max_primary, courses: [] };
      subjects.push(subject);
    }
    subject.courses.push({
      slug: row.slug,
      title: row.title,
      target: row.target,
      targetPrimary: primaryForTarget(row.scale, row.target),
      summary: row.summary,
      topics: row.topics,
      firstOpensAt: row.first_opens_at?.toISOString() ?? null,
      priceMinor: row.price_minor,
      monthlyMinor: row.monthly_minor,
      currency: row.currency,
    });
  }
  return subjects;
}

interface CourseRow {
  id: string;
  slug: string;
  title: string;
  target: number;
  summary: string;
  description: string;
  schedule: string | null;
  price_minor: number;
  monthly_minor: number;
  currency: string;
  subject_slug: string;
  subject_title: string;
  max_primary: number;
  scale: number[] | null;
  enrolled_until: Date | null;
  paid: boolean;
}

interface TopicRow {
  slug: string;
  title: string;
  opens_at: Date;
  visited: boolean;
  opened_early: boolean;
  tasks: number;
  solved: number;
  tried: number;
  first_try: number;
  last_at: Date | null;
}

/**
 * A course with all its topics and, for a signed-in person, their progress. Two statements.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function getCourse(app: App, viewer: PersonActor | null, slug: string): Promise<CourseDto> {
  const personId = viewer?.id ?? null;
  const [courses, topics] = await Promise.all([
    app.pool.query<CourseRow>({
      name: 'course',
      text: `SELECT c.id, c.slug, c.title, c.target, c.summary, c.description, c.schedule, c.price_minor, c.monthly_minor, c.currency,
          s.slug AS subject_slug, s.title AS subject_title, s.max_primary, ${latestScale} AS scale,
          ${enrolledUntil('$2')} AS enrolled_until, ${isPaid} AS paid
        FROM course c JOIN subject s ON s.id = c.subject_id WHERE c.slug = $1 AND ${isShown('c')}`,
      values: [slug, personId],
    }),
    app.pool.query<TopicRow>({
      name: 'course-topics',
      text: `SELECT t.slug, t.title, t.opens_at, v.person_id IS NOT NULL AS visited, o.person_id IS NOT NULL AS opened_early,
          count(k.id)::int AS tasks, count(p.solved_at)::int AS solved, count(p.task_id)::int AS tried,
          (count(*) FILTER (WHERE p.solved_at IS NOT NULL AND p.wrong_count = 0))::int AS first_try, max(p.last_at) AS last_at
        FROM topic t JOIN course c ON c.id = t.course_id
          LEFT JOIN task k ON k.topic_id = t.id AND ${isShown('k')} LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $2
          LEFT JOIN topic_visit v ON v.topic_id = t.id AND v.person_id = $2 LEFT JOIN topic_opening o ON o.topic_id = t.id AND o.person_id = $2
        WHERE c.slug = $1 AND ${topicIsShown}
        GROUP BY t.id, v.person_id, o.person_id ORDER BY t.position, t.id`,
      values: [slug, personId],
    }),
  ]);
  const course = courses.rows[0];
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const now = app.clock.now();
  const role = viewer?.role ?? 'guest';
  const rows = topics.rows.map((row, index) => toTopicRowDto(row, index + 1, role, now));
  return {
    slug: course.slug,
    title: course.title,
    subject: { slug: course.subject_slug, title: course.subject_title, maxPrimary: course.max_primary },
    target: course.target,
    targetPrimary: primaryForTarget(course.scale, course.target),
    summary: course.summary,
    descriptionHtml: app.markdown.render(course.description, {}).html,
    schedule: course.schedule,
    priceMinor: course.price_minor,
    monthlyMinor: course.monthly_minor,
    currency: course.currency,
    now: now.toISOString(),
    topics: rows,
    forSale: isForSale(app, course),
    mine: viewer ? toMine(viewer, course, rows, topics.rows, now) : null,
  };
}

/** Sold in a currency that an acquirer takes. One that is stopped for a while says so at the till. */
function isForSale({ payments }: App, { paid, currency }: CourseRow): boolean {
  return paid && (payments?.all.some(({ currencies }) => currencies.includes(currency)) ?? false);
}

function toTopicRowDto(row: TopicRow, number: number, role: 'student' | 'moderator' | 'guest', now: Date): TopicRowDto {
  return {
    slug: row.slug,
    title: row.title,
    number,
    opensAt: row.opens_at.toISOString(),
    open: topicIsOpen({ opensAt: row.opens_at, visited: row.visited, openedEarly: row.opened_early, role }, now),
    fresh: topicIsFresh(row.opens_at, now),
    tasks: { done: row.solved, total: row.tasks },
  };
}

function toMine(viewer: PersonActor, course: CourseRow, dtos: TopicRowDto[], rows: TopicRow[], now: Date): NonNullable<CourseDto['mine']> {
  const enrolled = isEnrolled(course.enrolled_until, now);
  const sum = (key: 'tasks' | 'solved' | 'tried' | 'first_try') => rows.reduce((total, row) => total + row[key], 0);
  const tried = sum('tried');
  const topics = dtos.map((dto, index) => ({ ...dto, visited: rows[index]?.visited ?? false, lastAt: rows[index]?.last_at ?? null }));
  return {
    enrolled,
    allowed: courseIsAllowed({ paid: course.paid, enrolled, role: viewer.role }),
    topics: { done: topics.filter(topicIsDone).length, total: dtos.length },
    tasks: { done: sum('solved'), total: sum('tasks') },
    openTopics: dtos.filter((topic) => topic.open).length,
    firstTry: tried > 0 ? { done: sum('first_try'), total: tried } : null,
    continueTopic: topicToContinue(topics),
  };
}
