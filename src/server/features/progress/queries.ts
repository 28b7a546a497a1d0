import type { CountDto } from '#shared/courses.ts';
import type { CourseProgressDto, HomeDto, ProgressDto } from '#shared/progress.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';
import { topicIsDone, topicIsOpen, topicToContinue } from '../courses/rules.ts';
import { isShown, taskIsShown, taskNumber, topicIsShown } from '../courses/visible.ts';
import { firstSolved } from './counting.ts';
import { streakOf } from './rules.ts';

interface MyTopicRow {
  course_slug: string;
  course_title: string;
  enrolled_at: Date;
  topic_id: string;
  topic_slug: string;
  topic_title: string;
  number: number;
  opens_at: Date;
  visited: boolean;
  opened_early: boolean;
  tasks: number;
  solved: number;
  tried: number;
  first_try: number;
  last_at: Date | null;
}

export interface MyTopic {
  row: MyTopicRow;
  slug: string;
  open: boolean;
  visited: boolean;
  tasks: CountDto;
  lastAt: Date | null;
}

/** Every published topic of the courses a student takes, counted from the facts. One statement. */
export async function listMyTopics(app: App, actor: PersonActor): Promise<MyTopic[]> {
  const { rows } = await app.pool.query<MyTopicRow>({
    name: 'my-topics',
    text: `SELECT c.slug AS course_slug, c.title AS course_title, e.enrolled_at, t.id AS topic_id, t.slug AS topic_slug, t.title AS topic_title, t.opens_at,
        row_number() OVER (PARTITION BY c.id ORDER BY t.position, t.id)::int AS number,
        EXISTS (SELECT 1 FROM topic_visit v WHERE v.person_id = $1 AND v.topic_id = t.id) AS visited,
        EXISTS (SELECT 1 FROM topic_opening o WHERE o.person_id = $1 AND o.topic_id = t.id) AS opened_early,
        count(k.id)::int AS tasks, count(p.solved_at)::int AS solved, count(p.task_id)::int AS tried,
        (count(*) FILTER (WHERE p.solved_at IS NOT NULL AND p.wrong_count = 0))::int AS first_try, max(p.last_at) AS last_at
      FROM enrolment e JOIN course c ON c.id = e.course_id JOIN topic t ON t.course_id = c.id
        LEFT JOIN task k ON k.topic_id = t.id AND ${isShown('k')} LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1
      WHERE e.person_id = $1 AND ${topicIsShown}
      GROUP BY c.id, e.enrolled_at, t.id ORDER BY e.enrolled_at, c.id, t.position, t.id`,
    values: [actor.id],
  });
  const now = app.clock.now();
  return rows.map((row) => ({
    row,
    slug: row.topic_slug,
    open: topicIsOpen({ opensAt: row.opens_at, visited: row.visited, openedEarly: row.opened_early, role: actor.role }, now),
    visited: row.visited,
    tasks: { done: row.solved, total: row.tasks },
    lastAt: row.last_at,
  }));
}

async function getStreak(app: App, actor: PersonActor) {
  const { rows } = await app.pool.query<{ day: string }>({
    name: 'solved-days',
    text: `SELECT DISTINCT to_char(f.solved_on, 'YYYY-MM-DD') AS day FROM (${firstSolved('s.person_id = $1')}) f`,
    values: [actor.id],
  });
  return streakOf(
    rows.map((row) => row.day),
    dayIn(actor.timeZone, app.clock.now()),
  );
}

/** The numbers of the profile. Three statements, whatever the number of students. */
export async function getProgress(app: App, actor: PersonActor): Promise<ProgressDto> {
  const [topics, streak, lastSolved] = await Promise.all([listMyTopics(app, actor), getStreak(app, actor), findLastSolved(app, actor)]);
  return { ...countsOf(topics), streak, lastSolved, courses: byCourse(topics).map((course) => toCourseProgressDto(app, course)) };
}

/** A student's home. Two statements, and one for the task to go on with. */
export async function getHome(app: App, actor: PersonActor): Promise<HomeDto> {
  const [topics, streak] = await Promise.all([listMyTopics(app, actor), getStreak(app, actor)]);
  const now = app.clock.now();
  const upcoming = topics
    .filter((topic) => topic.row.opens_at > now && !topic.open)
    .sort((a, b) => a.row.opens_at.getTime() - b.row.opens_at.getTime())
    .slice(0, 4);
  return {
    now: now.toISOString(),
    continueAt: await findContinue(app, actor, topics),
    courses: byCourse(topics).map((course) => toCourseProgressDto(app, course)),
    streak,
    upcoming: upcoming.map(({ row }) => ({
      courseSlug: row.course_slug,
      courseTitle: row.course_title,
      topicSlug: row.topic_slug,
      topicTitle: row.topic_title,
      opensAt: row.opens_at.toISOString(),
    })),
  };
}

// The course worked on last goes first; a course that was only taken counts from that moment. One that is done so far gives way to any other.
async function findContinue(app: App, actor: PersonActor, topics: MyTopic[]): Promise<HomeDto['continueAt']> {
  const lastWork = (course: MyTopic[]) => Math.max(...course.map((topic) => (topic.lastAt ?? topic.row.enrolled_at).getTime()));
  const places = byCourse(topics)
    .sort((a, b) => lastWork(b) - lastWork(a))
    .flatMap((course) => {
      const slug = topicToContinue(course);
      const topic = course.find((candidate) => candidate.slug === slug);
      return topic ? [{ course, topic }] : [];
    });
  const place = places.find(({ topic }) => !topicIsDone(topic)) ?? places[0];
  if (!place) return null;
  const { course, topic } = place;
  return {
    courseSlug: topic.row.course_slug,
    courseTitle: topic.row.course_title,
    topicSlug: topic.slug,
    topicTitle: topic.row.topic_title,
    topicNumber: topic.row.number,
    courseTopics: course.length,
    tasks: topic.tasks,
    task: await findNextTask(app, actor, topic.row.topic_id),
  };
}

async function findNextTask(app: App, actor: PersonActor, topicId: string): Promise<{ slug: string; number: number } | null> {
  const { rows } = await app.pool.query<{ slug: string; number: number }>({
    name: 'next-task',
    text: `SELECT slug, number FROM (
        SELECT k.slug, row_number() OVER (ORDER BY k.position, k.id)::int AS number, p.solved_at
        FROM task k LEFT JOIN task_progress p ON p.task_id = k.id AND p.person_id = $1 WHERE k.topic_id = $2 AND ${isShown('k')}
      ) numbered WHERE solved_at IS NULL ORDER BY number LIMIT 1`,
    values: [actor.id, topicId],
  });
  return rows[0] ?? null;
}

/** Answers of an exam are all of one instant: of them the last in the order of the course. */
async function findLastSolved(app: App, actor: PersonActor): Promise<ProgressDto['lastSolved']> {
  const { rows } = await app.pool.query<{
    course_slug: string;
    topic_slug: string;
    topic_title: string;
    task_slug: string;
    task_title: string;
    number: number;
    solved_at: Date;
  }>({
    name: 'last-solved',
    text: `SELECT c.slug AS course_slug, t.slug AS topic_slug, t.title AS topic_title, k.slug AS task_slug, k.title AS task_title, p.solved_at,
        ${taskNumber} AS number
      FROM task_progress p JOIN task k ON k.id = p.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE p.person_id = $1 AND p.solved_at IS NOT NULL AND ${taskIsShown}
      ORDER BY p.solved_at DESC, c.position DESC, t.position DESC, k.position DESC, k.id LIMIT 1`,
    values: [actor.id],
  });
  const row = rows[0];
  return row
    ? {
        courseSlug: row.course_slug,
        topicSlug: row.topic_slug,
        topicTitle: row.topic_title,
        taskSlug: row.task_slug,
        taskNumber: row.number,
        taskTitle: row.task_title,
        at: row.solved_at.toISOString(),
      }
    : null;
}

function byCourse(topics: MyTopic[]): MyTopic[][] {
  return [...Map.groupBy(topics, (topic) => topic.row.course_slug).values()];
}

function countsOf(topics: MyTopic[]): { topics: CountDto; tasks: CountDto; firstTry: CountDto | null } {
  const sum = (key: 'tasks' | 'solved' | 'tried' | 'first_try') => topics.reduce((total, topic) => total + topic.row[key], 0);
  const tried = sum('tried');
  return {
    topics: { done: topics.filter(topicIsDone).length, total: topics.length },
    tasks: { done: sum('solved'), total: sum('tasks') },
    firstTry: tried > 0 ? { done: sum('first_try'), total: tried } : null,
  };
}

function toCourseProgressDto(app: App, course: MyTopic[]): CourseProgressDto {
  const now = app.clock.now();
  const next = course.filter((topic) => !topic.open && topic.row.opens_at > now).map((topic) => topic.row.opens_at.getTime());
  return {
    slug: course[0]?.row.course_slug ?? '',
    title: course[0]?.row.course_title ?? '',
    ...countsOf(course),
    nextOpensAt: next.length > 0 ? new Date(Math.min(...next)).toISOString() : null,
  };
}
