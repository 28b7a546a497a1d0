import type { DashboardDto, HardTaskDto, OpeningDto } from '#shared/dashboard.ts';
import type { App } from '../../platform/app.ts';
import { isShown, taskIsShown } from '../courses/visible.ts';
import { solves } from '../progress/counting.ts';
import { countPeople, type PeopleCounts } from './people-counts.ts';
import { listUnfinished } from './unfinished.ts';

const dayMs = 86_400_000;
/** Numbers over all students are counted at most once in so long, however many look. */
const freshMs = 60_000;
/** Of fewer students a share says nothing. */
const leastTried = 5;
const hardestShown = 10;
const newestAnswers = 50_000;

interface Counted extends PeopleCounts {
  at: Date;
  hardest: HardTaskDto[];
}

const counted = new WeakMap<App, { since: number; numbers: Promise<Counted> }>();

/** What waits for a moderator, read now, and the numbers of the school, up to a minute old. Three statements, and three for the numbers. */
export async function getDashboard(app: App): Promise<DashboardDto> {
  const [{ at, registrations, active, hardest }, reviews, unfinished, openings] = await Promise.all([
    numbersOf(app),
    countReviews(app),
    listUnfinished(app),
    listOpenings(app),
  ]);
  return { countedAt: at.toISOString(), registrations, active, hardest, reviews, unfinished, openings };
}

function numbersOf(app: App): Promise<Counted> {
  const now = app.clock.now().getTime();
  const known = counted.get(app);
  // A clock that was set back must not keep them for ever.
  if (known && now >= known.since && now - known.since < freshMs) return known.numbers;
  const numbers = countNumbers(app);
  counted.set(app, { since: now, numbers });
  // What failed is not kept.
  numbers.catch(() => counted.delete(app));
  return numbers;
}

async function countNumbers(app: App): Promise<Counted> {
  const at = app.clock.now();
  const [people, hardest] = await Promise.all([countPeople(app, at), listHardest(app, at)]);
  return { at, ...people, hardest };
}

/**
 * Of the newest answers, by the order in which they came: their number is bound, so that it takes the same time in a school of any size. The answer
 * that solves a task is a student's last one to it, so whoever has solved it lately is seen to have.
 */
async function listHardest(app: App, now: Date): Promise<HardTaskDto[]> {
  const { rows } = await app.pool.query<HardTaskDto>(
    `SELECT k.id, k.title, t.title AS "topicTitle", c.title AS "courseTitle", n.tried, n.unsolved
    FROM (
      SELECT task_id, count(*)::int AS tried, (count(*) FILTER (WHERE NOT solved))::int AS unsolved
      FROM (
        SELECT s.task_id, bool_or(${solves('s')}) AS solved
        FROM (SELECT person_id, task_id, client_id, verdict, created_at FROM submission ORDER BY id DESC LIMIT $4) s
        WHERE s.created_at >= $1 GROUP BY s.person_id, s.task_id
      ) pairs GROUP BY task_id
    ) n JOIN task k ON k.id = n.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
    WHERE n.tried >= $2 AND n.unsolved > 0 AND ${taskIsShown}
    ORDER BY n.unsolved::float / n.tried DESC, n.tried DESC, k.id LIMIT $3`,
    [new Date(now.getTime() - 30 * dayMs), leastTried, hardestShown, newestAnswers],
  );
  return rows;
}

async function countReviews(app: App): Promise<DashboardDto['reviews']> {
  const { _count, _min } = await app.db.work.aggregate({
    where: { state: 'waiting' },
    _count: true,
    _min: { handedInAt: true },
  });
  return { waiting: _count, oldestAt: _min.handedInAt?.toISOString() ?? null };
}

/** Topics whose time comes within a week, in courses that students see. */
async function listOpenings(app: App): Promise<OpeningDto[]> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<Omit<OpeningDto, 'opensAt'> & { opensAt: Date }>(
    `SELECT t.id, t.title, c.slug AS "courseSlug", c.title AS "courseTitle", t.opens_at AS "opensAt", t.published_at IS NULL AS draft,
      (SELECT count(*)::int FROM task k WHERE k.topic_id = t.id AND ${isShown('k')}) AS tasks,
      (SELECT count(*)::int FROM task k WHERE k.topic_id = t.id AND k.published_at IS NULL AND k.deleted_at IS NULL) AS "taskDrafts",
      btrim(t.theory, E' \\n\\t') <> '' AS theory
    FROM topic t JOIN course c ON c.id = t.course_id
    WHERE t.opens_at > $1 AND t.opens_at <= $2 AND t.deleted_at IS NULL AND ${isShown('c')}
    ORDER BY t.opens_at, c.position, t.position LIMIT 50`,
    [now, new Date(now.getTime() + 7 * dayMs)],
  );
  return rows.map((row) => ({ ...row, opensAt: row.opensAt.toISOString() }));
}
