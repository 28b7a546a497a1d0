import {
  decideInput,
  decideResult,
  extraDto,
  extraInput,
  handInInput,
  handInResult,
  listReviewsInput,
  lockResult,
  myWorksDto,
  previewWorkDto,
  previewWorkInput,
  reviewCountDto,
  reviewDto,
  reviewListDto,
  saveGradingInput,
  saveGradingResult,
  taskWorksInput,
  withdrawResult,
  workInput,
} from '#shared/reviews.ts';
import { moderatorProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { handIn, markSeen, withdraw } from './actions.ts';
import { changeExtra, decide, releaseWork, renewWork, reopen, saveGrading, takeWork } from './office/actions.ts';
import { countWaiting, listReviews, openReview } from './office/queries.ts';
import { getMyWorks, previewWork } from './queries.ts';

export const reviewsRouter = router({
  // The student's side.
  mine: signedInProcedure
    .input(taskWorksInput)
    .output(myWorksDto)
    .query(({ ctx, input }) => getMyWorks(ctx.app, ctx.actor, input)),
  preview: signedInProcedure
    .input(previewWorkInput)
    .output(previewWorkDto)
    .mutation(({ ctx, input }) => previewWork(ctx.app, ctx.actor, input)),
  handIn: signedInProcedure
    .input(handInInput)
    .output(handInResult)
    .mutation(({ ctx, input }) => handIn(ctx.app, ctx.actor, input)),
  withdraw: signedInProcedure
    .input(workInput)
    .output(withdrawResult)
    .mutation(({ ctx, input }) => withdraw(ctx.app, ctx.actor, input)),
  markSeen: signedInProcedure.input(workInput).mutation(({ ctx, input }) => markSeen(ctx.app, ctx.actor, input)),

  // The teacher's.
  list: moderatorProcedure
    .input(listReviewsInput)
    .output(reviewListDto)
    .query(({ ctx, input }) => listReviews(ctx.app, ctx.actor, input)),
  count: moderatorProcedure.output(reviewCountDto).query(({ ctx }) => countWaiting(ctx.app, ctx.actor)),
  open: moderatorProcedure
    .input(workInput)
    .output(reviewDto)
    .query(({ ctx, input }) => openReview(ctx.app, ctx.actor, input)),
  take: moderatorProcedure
    .input(workInput)
    .output(lockResult)
    .mutation(({ ctx, input }) => takeWork(ctx.app, ctx.actor, input)),
  renew: moderatorProcedure
    .input(workInput)
    .output(lockResult)
    .mutation(({ ctx, input }) => renewWork(ctx.app, ctx.actor, input)),
  release: moderatorProcedure.input(workInput).mutation(({ ctx, input }) => releaseWork(ctx.app, ctx.actor, input)),
  saveGrading: moderatorProcedure
    .input(saveGradingInput)
    .output(saveGradingResult)
    .mutation(({ ctx, input }) => saveGrading(ctx.app, ctx.actor, input)),
  decide: moderatorProcedure
    .input(decideInput)
    .output(decideResult)
    .mutation(({ ctx, input }) => decide(ctx.app, ctx.actor, input)),
  reopen: moderatorProcedure
    .input(workInput)
    .output(lockResult)
    .mutation(({ ctx, input }) => reopen(ctx.app, ctx.actor, input)),
  grantExtra: moderatorProcedure
    .input(extraInput)
    .output(extraDto)
    .mutation(({ ctx, input }) => changeExtra(ctx.app, ctx.actor, input, 1)),
  revokeExtra: moderatorProcedure
    .input(extraInput)
    .output(extraDto)
    .mutation(({ ctx, input }) => changeExtra(ctx.app, ctx.actor, input, -1)),
});
