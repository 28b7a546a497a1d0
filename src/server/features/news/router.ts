import { newsArticleDto, newsFeedDto, newsFeedInput, newsInput } from '#shared/news.ts';
import { router, signedInProcedure } from '../../trpc/procedures.ts';
import { readArticle } from './actions.ts';
import { newsOfficeRouter } from './office/router.ts';
import { listNews } from './queries.ts';

export const newsRouter = router({
  office: newsOfficeRouter,
  feed: signedInProcedure
    .input(newsFeedInput)
    .output(newsFeedDto)
    .query(({ ctx, input }) => listNews(ctx.app, ctx.actor, input)),
  // Read by a query, for a page of the site is not changed by being looked at but for what is new in it.
  article: signedInProcedure
    .input(newsInput)
    .output(newsArticleDto)
    .query(({ ctx, input }) => readArticle(ctx.app, ctx.actor, input.id)),
});
