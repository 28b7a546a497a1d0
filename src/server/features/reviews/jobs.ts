import { localeSchema } from '#shared/auth.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { MailError } from '../../platform/mail.ts';
import { type TellStudent, tellStudent } from './job-kinds.ts';

async function writeResult(app: App, { workId, decidedAt }: TellStudent): Promise<void> {
  // Decided again since, deleted, or read on the site already: nothing to tell.
  const work = await app.db.work.findFirst({
    where: { id: workId, decidedAt: new Date(decidedAt), state: { not: 'waiting' }, seenAt: null, person: { blockedAt: null } },
    select: {
      state: true,
      points: true,
      person: { select: { email: true, locale: true } },
      exam: { select: { attemptId: true, attempt: { select: { exam: { select: { title: true } } } } } },
      task: {
        select: {
          title: true,
          slug: true,
          points: true,
          topic: { select: { title: true, slug: true, course: { select: { slug: true } } } },
        },
      },
    },
  });
  if (!work) return;
  const { task, person, exam } = work;
  const { topic } = task;
  const words = catalogues[localeSchema.catch('ru').parse(person.locale)].mail.work;
  const about = {
    task: task.title,
    topic: topic.title,
    url: exam
      ? `${app.config.publicUrl}/attempts/${exam.attemptId}`
      : `${app.config.publicUrl}/courses/${topic.course.slug}/${topic.slug}#${task.slug}`,
    exam: exam?.attempt.exam.title ?? '',
  };
  const letter = exam
    ? { subject: words.accepted(work.points ?? 0, task.points), text: words.examText(work.points ?? 0, task.points, about) }
    : work.state === 'accepted'
      ? { subject: words.accepted(work.points ?? 0, task.points), text: words.acceptedText(work.points ?? 0, task.points, about) }
      : { subject: words.returned, text: words.returnedText(about) };
  try {
    await app.mail.send({ id: `work:${workId}:${Date.parse(decidedAt)}`, to: person.email, ...letter });
  } catch (error) {
    if (!(error instanceof MailError && error.permanent)) throw error;
    app.log.warn({ err: error, workId }, 'a letter about a graded work was refused for good');
  }
}

export const reviewsJobs: JobHandler[] = [handle(tellStudent, writeResult)];
