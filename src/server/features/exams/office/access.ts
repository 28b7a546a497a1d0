import { AppError } from '#shared/errors.ts';
import type { Actor, App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { forModerators, type Life, type LockedCourse, lockCourse } from '../../courses/office/access.ts';

/** An exam that nobody else changes until the transaction ends. Students begin it and work at it meanwhile. */
export interface LockedExam {
  course: LockedCourse;
  id: string;
  title: string;
  opensAt: Date | null;
  closesAt: Date | null;
  publishedAt: Date | null;
}

const select = { id: true, courseId: true, title: true, opensAt: true, closesAt: true, publishedAt: true } as const;

/** @throws AppError AUTH_FORBIDDEN, EXAMS_NOT_FOUND, COURSES_NOT_FOUND */
export async function lockExam(tx: Tx, actor: Actor, id: string, life: Life = 'there'): Promise<LockedExam> {
  forModerators(actor);
  const found = await tx.exam.findUnique({ where: { id }, select: { courseId: true } });
  if (!found) throw new AppError('EXAMS_NOT_FOUND');
  const course = await lockCourse(tx, actor, found.courseId);
  // Read again behind the lock: what was there a moment ago may have been changed by whoever held it.
  const exam = await tx.exam.findUnique({ where: { id, deletedAt: life === 'there' ? null : { not: null } }, select });
  if (!exam) throw new AppError('EXAMS_NOT_FOUND');
  const { courseId: _, ...rest } = exam;
  return { course, ...rest };
}

/** An exam with its course, for a moderator who looks. */
export interface KnownExam {
  id: string;
  title: string;
  scaleYear: number | null;
  subjectId: string;
  courseSlug: string;
}

/** @throws AppError AUTH_FORBIDDEN, EXAMS_NOT_FOUND */
export async function accessExam(app: App, actor: Actor, id: string): Promise<KnownExam> {
  forModerators(actor);
  const exam = await app.db.exam.findUnique({
    where: { id, deletedAt: null, course: { deletedAt: null } },
    select: { id: true, title: true, scaleYear: true, course: { select: { slug: true, subjectId: true } } },
  });
  if (!exam) throw new AppError('EXAMS_NOT_FOUND');
  const { course, ...rest } = exam;
  return { ...rest, courseSlug: course.slug, subjectId: course.subjectId };
}
