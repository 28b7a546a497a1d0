import { AppError } from '#shared/errors.ts';
import type { CourseExamsDto, ExamDto } from '#shared/exams.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { accessExam, type ExamRow, findCourseExams, windowOf } from './access.ts';
import { closeAttempt } from './closing/actions.ts';
import { toExamDto, toExamRowDto } from './queries.ts';
import { releaseAttempt } from './release/actions.ts';
import { isDue, reviewIsOpen } from './rules.ts';

/**
 * The exams of a course with what this person did at them. One statement.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function listCourseExams(app: App, actor: PersonActor, input: { course: string }): Promise<CourseExamsDto> {
  const read = async () => {
    const rows = await findCourseExams(app, actor, input.course);
    if (!rows) throw new AppError('COURSES_NOT_FOUND');
    return rows;
  };
  let rows = await read();
  if (await settle(app, rows)) rows = await read();
  const now = app.clock.now();
  return { now: now.toISOString(), exams: rows.map((row) => toExamRowDto(row, now)) };
}

/**
 * The page of an exam before it begins. No task is in it.
 * @throws AppError EXAMS_NOT_FOUND, COURSES_NO_ACCESS
 */
export async function openExam(app: App, actor: PersonActor, input: { course: string; exam: string }): Promise<ExamDto> {
  let exam = await accessExam(app, actor, input);
  if (await settle(app, [exam.row])) exam = await accessExam(app, actor, input);
  return toExamDto(app, exam.row);
}

/** What is over by the clock is graded, and what may be seen by now is opened, before it is shown. Whether there was anything to do. */
async function settle(app: App, rows: readonly ExamRow[]): Promise<boolean> {
  const now = app.clock.now();
  let settled = false;
  for (const row of rows) {
    for (const attempt of row.mine) {
      if (attempt.finishedAt === null) {
        if (!attempt.deadlineAt || !isDue(new Date(attempt.deadlineAt), now)) continue;
        await closeAttempt(app, attempt.id, 'time', { patient: false });
        settled = true;
      } else if (attempt.releasedAt === null) {
        const { closesAt, attempts, extra, used, running } = windowOf(row);
        const finishedAt = new Date(attempt.finishedAt);
        const terms = { review: row.review, longestExtra: row.longest_extra, finishedAt, closesAt, attempts, extra, used, running };
        if (!reviewIsOpen(terms, now)) continue;
        await releaseAttempt(app, attempt.id);
        settled = true;
      }
    }
  }
  return settled;
}
