import { Composer } from 'grammy';
import { getProgress } from '#server/features/progress/queries.ts';
import { answer, bold, text } from '../answer.ts';
import type { LinkedContext } from '../context.ts';

/** More would not fit into one message with any title. */
const mostCourses = 15;

export const courses = new Composer<LinkedContext>();

courses.command('courses', async (ctx) => {
  const { app, who } = ctx;
  const words = ctx.words.courses;
  if (who.actor.role === 'moderator')
    return answer(ctx, text(words.moderator), { links: [{ label: ctx.words.openSite, path: '/admin/courses' }] });
  const mine = (await getProgress(app, who.actor)).courses.slice(0, mostCourses);
  if (mine.length === 0) return answer(ctx, text(words.none), { links: [{ label: words.choose, path: '/courses' }] });
  const lines = mine.map(
    ({ title, tasks, topics }) =>
      `${bold(title)}\n${text(`${words.tasks(tasks.done, tasks.total)}, ${words.topics(topics.done, topics.total)}`)}`,
  );
  const links = mine.map(({ slug, title }) => ({ label: shortened(title), path: `/courses/${slug}` }));
  return answer(ctx, `${bold(words.title)}\n\n${lines.join('\n\n')}`, { links });
});

/** A button shows about so many signs on a phone. */
function shortened(title: string): string {
  return title.length <= 40 ? title : `${title.slice(0, 39).trimEnd()}…`;
}
