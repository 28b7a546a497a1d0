import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { examExtraInput } from '#shared/exams.ts';
import type { OfficeAttemptDto } from '#shared/exams-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { forModerators } from '../../../courses/office/access.ts';
import { accessStudent, nameOf } from '../../../people/students/access.ts';
import { closeAttempt } from '../../closing/actions.ts';
import { patience } from '../../closing/hold.ts';
import { extendAttempt } from '../../deadlines/actions.ts';
import { getFinishedAttempt } from '../../results/queries.ts';
import { accessExam } from '../access.ts';
import { countAnswered } from './queries.ts';

/**
 * Gives a student minutes and attempts beyond the rules, before they begin or while they are at it; none of both takes them away again.
 * @throws AppError EXAMS_NOT_FOUND, STUDENTS_NOT_FOUND
 */
export async function setExtra(app: App, actor: PersonActor, input: z.output<typeof examExtraInput>): Promise<void> {
  const { examId, personId, minutes, attempts } = input;
  const [exam, student] = await Promise.all([accessExam(app, actor, examId), accessStudent(app, actor, personId)]);
  await app.db.$transaction(async (tx) => {
    const key = { examId_personId: { examId, personId } };
    const found = await tx.examExtra.findUnique({ where: key, select: { minutes: true, attempts: true } });
    const before = found ?? { minutes: 0, attempts: 0 };
    if (before.minutes === minutes && before.attempts === attempts) return;
    const after = { minutes, attempts };
    // Upserted also where it comes to nothing: two moderators at once must not make two rows, nor fail.
    await tx.examExtra.upsert({ where: key, create: { examId, personId, ...after }, update: after, select: { examId: true } });
    if (minutes === 0 && attempts === 0) await tx.examExtra.delete({ where: key, select: { examId: true } });
    await extendAttempt(app, tx, { examId, personId });
    const name = nameOf(student);
    await recordAudit(app, tx, actor, {
      action: 'exam.extra',
      subject: examId,
      label: exam.title,
      before: { student: name, ...before },
      after: { student: name, ...after },
    });
  }, patience);
}

/**
 * Ends a running attempt: what is in it is graded. Ended already, it stays as it is.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function finishForStudent(app: App, actor: PersonActor, { attemptId }: { attemptId: string }): Promise<void> {
  const attempt = await findAttempt(app, actor, attemptId);
  await closeAttempt(app, attemptId, 'moderator', {
    also: (tx) =>
      recordAudit(app, tx, actor, {
        action: 'exam.finish',
        subject: attempt.exam.id,
        label: attempt.exam.title,
        after: { student: nameOf(attempt.student), attempt: attempt.number },
      }),
  });
}

/**
 * Somebody's attempt. One whose time is over is ended first. What stands in a running one is nobody's business yet.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function openAttemptOfStudent(app: App, actor: PersonActor, { attemptId }: { attemptId: string }): Promise<OfficeAttemptDto> {
  await findAttempt(app, actor, attemptId);
  await closeAttempt(app, attemptId, 'time');
  const { student, exam, finishedAt, ...attempt } = await findAttempt(app, actor, attemptId);
  if (finishedAt) return { state: 'finished', attempt: await getFinishedAttempt(app, actor, attemptId), student, exam };
  const { answered, tasks } = await countAnswered(app, attemptId);
  return {
    state: 'running',
    ...attempt,
    startedAt: attempt.startedAt.toISOString(),
    deadlineAt: attempt.deadlineAt?.toISOString() ?? null,
    answered,
    tasks,
    student,
    exam,
  };
}

async function findAttempt(app: App, actor: PersonActor, id: string) {
  forModerators(actor);
  const found = await app.db.examAttempt.findUnique({
    where: { id },
    select: {
      id: true,
      number: true,
      startedAt: true,
      deadlineAt: true,
      finishedAt: true,
      person: { select: { id: true, firstName: true, lastName: true, email: true } },
      exam: { select: { id: true, title: true, course: { select: { slug: true, title: true } } } },
    },
  });
  if (!found) throw new AppError('EXAMS_NOT_FOUND');
  const { person: student, exam, ...attempt } = found;
  const { course, ...rest } = exam;
  return { ...attempt, student, exam: { ...rest, courseSlug: course.slug, courseTitle: course.title } };
}

/** Personal data leaves the school: written down before the first row goes, also where the download is broken off. */
export async function noteResultsExport(app: App, actor: PersonActor, exam: { id: string; title: string }): Promise<void> {
  await app.db.$transaction((tx) => recordAudit(app, tx, actor, { action: 'exam.export', subject: exam.id, label: exam.title }));
}
