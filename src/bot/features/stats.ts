import { Composer } from 'grammy';
import { getUnread } from '#server/features/chat/queries.ts';
import { getDashboard } from '#server/features/dashboard/queries.ts';
import { getProgress } from '#server/features/progress/queries.ts';
import { getStatistics } from '#server/features/progress/statistics/queries.ts';
import { createFormat } from '#shared/i18n/format.ts';
import { answer, bold, text } from '../answer.ts';
import type { LinkedContext } from '../context.ts';

/** `/stats`: the numbers of the profile; to teachers what waits. */
export const stats = new Composer<LinkedContext>();

stats.command('stats', (ctx) => (ctx.who.actor.role === 'moderator' ? tellWaiting(ctx) : tellWeek(ctx)));

async function tellWeek(ctx: LinkedContext) {
  const { app, locale, words, who } = ctx;
  const [progress, { weeks }] = await Promise.all([getProgress(app, who.actor), getStatistics(app, who.actor, { course: null })]);
  const format = createFormat(locale, { schoolZone: app.config.schoolTimeZone, personZone: who.actor.timeZone });
  const { tasks, firstTry, streak } = progress;
  const [before, current] = weeks.slice(-2);
  const lines = [
    words.stats.week(current?.solved ?? 0),
    ...(before && before.solved > 0 ? [words.stats.before(before.solved)] : []),
    words.stats.streak(streak.now, streak.best),
    ...(tasks.total > 0 ? [words.stats.all(format.number(tasks.done), format.number(tasks.total))] : []),
    ...(firstTry && firstTry.total > 0 ? [words.stats.firstTry(format.percent(firstTry.done / firstTry.total))] : []),
  ];
  await answer(ctx, `${bold(words.stats.title)}\n\n${lines.map(text).join('\n')}`, {
    links: [{ label: words.stats.button, path: '/profile' }],
  });
}

async function tellWaiting(ctx: LinkedContext) {
  const { app, words, who } = ctx;
  const [{ waiting }, { reviews }] = await Promise.all([getUnread(app, who.actor), getDashboard(app)]);
  const lines = [words.stats.waiting(waiting ?? 0), words.stats.reviews(reviews.waiting)];
  const links = [
    { label: words.stats.toInbox, path: '/admin/inbox' },
    { label: words.stats.toReviews, path: '/admin/reviews' },
  ];
  await answer(ctx, lines.map(text).join('\n'), { links });
}
