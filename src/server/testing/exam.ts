import { randomBytes, randomUUID } from 'node:crypto';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { FinishedAttemptDto, RunningAttemptDto, SyncResult } from '#shared/exams.ts';
import { finishMyAttempt, openAttempt, startAttempt } from '../features/exams/attempts/actions.ts';
import { syncAttempt } from '../features/exams/sync/actions.ts';
import type { App, PersonActor } from '../platform/app.ts';
import type { MadeCourse } from './course.ts';

/** What a test says of an exam; the rest is filled in. Instants are hours from now by the school's clock. */
export interface ExamPlan {
  /** Tasks in their order; left out: all of the course. */
  tasks?: string[];
  limitMinutes?: number | null;
  opensIn?: number | null;
  closesIn?: number | null;
  attempts?: number | null;
  shuffled?: boolean;
  review?: 'finish' | 'closing';
  scaleYear?: number | null;
  published?: boolean;
  title?: string;
}

export interface MadeExam {
  id: string;
  slug: string;
  tasks: string[];
}

/** An exam of a course as the office would leave it. */
export async function anExam(app: App, course: MadeCourse, plan: ExamPlan = {}): Promise<MadeExam> {
  const now = app.clock.now();
  const at = (hours: number | null | undefined) => (hours == null ? null : new Date(now.getTime() + hours * 3_600_000));
  const slug = `exam-${randomBytes(6).toString('hex')}`;
  const id = randomUUID();
  const tasks = plan.tasks ?? course.topics.flatMap((topic) => topic.tasks);
  await app.db.exam.create({
    data: {
      id,
      courseId: course.id,
      slug,
      title: plan.title ?? 'Пробный экзамен',
      limitMinutes: plan.limitMinutes === undefined ? 60 : plan.limitMinutes,
      opensAt: at(plan.opensIn),
      closesAt: at(plan.closesIn),
      attempts: plan.attempts === undefined ? 1 : plan.attempts,
      shuffled: plan.shuffled ?? false,
      review: plan.review ?? 'finish',
      scaleYear: plan.scaleYear ?? null,
      position: 0,
      publishedAt: plan.published === false ? null : now,
      tasks: { create: tasks.map((taskId, position) => ({ taskId, position })) },
    },
    select: { id: true },
  });
  return { id, slug, tasks };
}

/** A student begins, or goes on. */
export async function begin(app: App, actor: PersonActor, exam: MadeExam, attemptId = randomUUID()): Promise<RunningAttemptDto> {
  const attempt = await startAttempt(app, actor, { examId: exam.id, attemptId });
  if (attempt.state !== 'running') throw new Error('the attempt is over');
  return attempt;
}

/** Types answers into an attempt, on what stands there now. */
export async function type(
  app: App,
  actor: PersonActor,
  attemptId: string,
  values: Record<string, AnswerValue | null>,
): Promise<SyncResult> {
  const { rev } = await app.db.examAttempt.findUniqueOrThrow({ where: { id: attemptId }, select: { rev: true } });
  const changes = Object.entries(values).map(([taskId, value]) => ({ taskId, baseRev: rev, value }));
  return syncAttempt(app, actor, { attemptId, since: rev, changes });
}

/** The student hands in. */
export async function finish(app: App, actor: PersonActor, attemptId: string): Promise<FinishedAttemptDto> {
  return finished(await finishMyAttempt(app, actor, { attemptId }));
}

/** The attempt as its student sees it after the end. */
export async function look(app: App, actor: PersonActor, attemptId: string): Promise<FinishedAttemptDto> {
  return finished(await openAttempt(app, actor, { attemptId }));
}

function finished(attempt: FinishedAttemptDto | RunningAttemptDto): FinishedAttemptDto {
  if (attempt.state !== 'finished') throw new Error('the attempt is running');
  return attempt;
}
