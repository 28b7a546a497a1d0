import { AppError } from '#shared/errors.ts';
import type { ForecastDto, StatisticsDto, TopicAccuracyDto } from '#shared/statistics.ts';
import { forecastRule } from '#shared/statistics-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { firstSolved } from '../counting.ts';
import { listMyTopics, type MyTopic } from '../queries.ts';
import { addDays } from '../rules.ts';
import { type AnswersRow, type CoursePlan, listFirstAnswers, listPlansOf } from './forecast/queries.ts';
import { forecastOf } from './forecast/rules.ts';
import { activityOf, weeksOf, yearFrom } from './rules.ts';

interface DayRow {
  on: string;
  solved: number;
  in_course: number;
}

/**
 * A student's statistics beyond the counts of `getProgress`: of one course they take, or of all. Four statements, whatever the size of the school.
 * @throws AppError COURSES_NOT_FOUND for a course the student does not take, or nobody sees
 */
export async function getStatistics(app: App, student: PersonActor, { course }: { course: string | null }): Promise<StatisticsDto> {
  const today = dayIn(student.timeZone, app.clock.now());
  const [days, topics, plans, answers] = await Promise.all([
    listSolvedDays(app, student, { course, from: yearFrom(today), to: today }),
    listMyTopics(app, student),
    listPlansOf(app, student.id),
    listFirstAnswers(app, [{ id: student.id, since: forecastSince(today) }]),
  ]);
  const taken = topics.filter(({ row }) => course === null || row.course_slug === course);
  if (course !== null && taken.length === 0) throw new AppError('COURSES_NOT_FOUND');
  return {
    activity: activityOf(
      days.map(({ on, solved }) => ({ on, solved })),
      today,
    ),
    weeks: weeksOf(course === null ? days : days.map(({ on, in_course }) => ({ on, solved: in_course })), today),
    topics: taken.filter(({ row }) => row.tried > 0).map(toTopicAccuracyDto),
    forecasts: inOrderOf(topics, plans)
      .filter(({ courseSlug }) => course === null || courseSlug === course)
      .map((plan) => toForecastDto(plan, answers)),
  };
}

/** The first day whose answers a forecast is made from. */
export const forecastSince = (today: string) => addDays(today, 1 - forecastRule.days);

/** @param answers of one student, of any course */
export function toForecastDto(plan: CoursePlan, answers: readonly AnswersRow[]): ForecastDto {
  const own = answers.filter(({ courseId }) => courseId === plan.courseId);
  return { courseSlug: plan.courseSlug, courseTitle: plan.courseTitle, ...forecastOf(plan, own) };
}

async function listSolvedDays(app: App, student: PersonActor, { course, from, to }: { course: string | null; from: string; to: string }) {
  const { rows } = await app.pool.query<DayRow>({
    name: 'solved-tasks',
    text: `SELECT to_char(f.solved_on, 'YYYY-MM-DD') AS "on", count(*)::int AS solved, (count(*) FILTER (WHERE c.slug = $2))::int AS in_course
      FROM (${firstSolved('s.person_id = $1')}) f
        JOIN task k ON k.id = f.task_id JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
      WHERE f.solved_on BETWEEN $3::date AND $4::date GROUP BY f.solved_on`,
    values: [student.id, course, from, to],
  });
  return rows;
}

function toTopicAccuracyDto({ row }: MyTopic): TopicAccuracyDto {
  return {
    courseSlug: row.course_slug,
    courseTitle: row.course_title,
    topicSlug: row.topic_slug,
    title: row.topic_title,
    firstTry: { done: row.first_try, total: row.tried },
  };
}

/** Courses as the page lists them; one of which nothing is published is on no page. */
function inOrderOf(topics: readonly MyTopic[], plans: readonly CoursePlan[]): CoursePlan[] {
  const bySlug = new Map(plans.map((plan) => [plan.courseSlug, plan]));
  return [...new Set(topics.map(({ row }) => row.course_slug))].flatMap((slug) => bySlug.get(slug) ?? []);
}
