import { faqArticleDto, faqArticleInput, faqListDto, faqSearchInput, faqVisitorInput, faqVoteInput, faqVotesDto } from '#shared/support.ts';
import { anonymousProcedure, publicProcedure, router } from '../../trpc/procedures.ts';
import { voteFaq } from './actions.ts';
import { supportOfficeRouter } from './office/router.ts';
import { getFaqArticle, listFaqVotes } from './queries.ts';
import { searchFaq } from './search/queries.ts';

export const supportRouter = router({
  office: supportOfficeRouter,
  search: anonymousProcedure
    .input(faqSearchInput)
    .output(faqListDto)
    .query(async ({ ctx, input }) => {
      if (input.query !== '') await ctx.app.limits.takeSearch(ctx.request.network);
      return searchFaq(ctx.app, input);
    }),
  article: publicProcedure
    .input(faqArticleInput)
    .output(faqArticleDto)
    .query(({ ctx, input }) => getFaqArticle(ctx.app, ctx.viewer, input)),
  vote: publicProcedure.input(faqVoteInput).mutation(({ ctx, input }) => voteFaq(ctx.app, ctx.viewer, ctx.request.network, input)),
  votes: publicProcedure
    .input(faqVisitorInput)
    .output(faqVotesDto)
    .query(({ ctx, input }) => listFaqVotes(ctx.app, ctx.viewer, input)),
});
