import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../platform/app.ts';
import { handle, type JobHandler } from '../../platform/jobs.ts';
import { MailError } from '../../platform/mail.ts';
import { tellGainers } from './job-kinds.ts';

/** Letters of one run: even a slow mail server takes them before the run is given up for dead. */
const lettersAtOnce = 50;

/**
 * Writes to whoever gained and was not told. `told_at` is the memory: after a crash only what was on its way is sent again, under the same
 * Message-ID. An address that is refused for good counts as told, because the page says it as well.
 */
async function writeToGainers(app: App, { keyFixId }: { keyFixId: string }): Promise<void> {
  const waiting = await app.db.keyFixGain.findMany({
    where: { keyFixId, toldAt: null },
    orderBy: { personId: 'asc' },
    take: lettersAtOnce + 1,
    select: {
      personId: true,
      before: true,
      after: true,
      person: { select: { email: true, locale: true, blockedAt: true } },
      keyFix: {
        select: { task: { select: { slug: true, title: true, topic: { select: { slug: true, course: { select: { slug: true } } } } } } },
      },
    },
  });
  for (const { personId, before, after, person, keyFix } of waiting.slice(0, lettersAtOnce)) {
    const { task } = keyFix;
    const url = `${app.config.publicUrl}/courses/${task.topic.course.slug}/${task.topic.slug}#${task.slug}`;
    const words = catalogues[person.locale === 'en' ? 'en' : 'ru'].mail.keyFix;
    const letter = { subject: words.subject(after - before), text: words.text(task.title, before, after, url) };
    try {
      if (!person.blockedAt) await app.mail.send({ id: `key-fix:${keyFixId}:${personId}`, to: person.email, ...letter });
    } catch (error) {
      if (!(error instanceof MailError && error.permanent)) throw error;
      app.log.warn({ err: error, keyFixId, personId }, 'a letter about a mended key was refused for good');
    }
    await app.db.keyFixGain.update({
      where: { keyFixId_personId: { keyFixId, personId } },
      data: { toldAt: app.clock.now() },
      select: { personId: true },
    });
  }
  if (waiting.length > lettersAtOnce) await app.db.$transaction((tx) => app.jobs.enqueue(tx, tellGainers, { keyFixId }));
}

export const tasksJobs: JobHandler[] = [handle(tellGainers, writeToGainers)];
