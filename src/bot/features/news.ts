import { Composer } from 'grammy';
import { listNews } from '#server/features/news/queries.ts';
import { publicLink } from '#server/platform/telegram/links.ts';
import { createFormat } from '#shared/i18n/format.ts';
import { answer, bold, text } from '../answer.ts';
import type { LinkedContext } from '../context.ts';

const shown = 5;

/** `/news`: the last announcements that are for this person. */
export const news = new Composer<LinkedContext>();

news.command('news', async (ctx) => {
  const { app, locale, who, words } = ctx;
  const { items } = await listNews(app, who.actor, { limit: shown });
  const links = [{ label: words.news.all, path: '/news' }];
  if (items.length === 0) return answer(ctx, text(words.news.none), { links });
  const format = createFormat(locale, {
    schoolZone: app.config.schoolTimeZone,
    personZone: who.actor.timeZone,
    now: () => app.clock.now().getTime(),
  });
  const lines = items.map(({ id, title, publishedAt, excerpt }) => {
    const heading = `<a href="${publicLink(`${app.config.publicUrl}/news/${id}`)}">${text(title)}</a>`;
    return [`${heading}, ${text(format.date(publishedAt))}`, ...(excerpt ? [text(excerpt)] : [])].join('\n');
  });
  return answer(ctx, `${bold(words.news.title)}\n\n${lines.join('\n\n')}`, { links });
});
