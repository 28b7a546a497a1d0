import {
  clusterInput,
  clusterReplyDto,
  clusterReplyInput,
  clustersDto,
  clustersInput,
  removedReplyDto,
  replyPreviewDto,
  replyPreviewInput,
} from '#shared/clusters.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { removeReply, saveReply } from './actions.ts';
import { listClusters, previewReply } from './queries.ts';

export const clustersRouter = router({
  list: moderatorProcedure
    .input(clustersInput)
    .output(clustersDto)
    .query(({ ctx, input }) => listClusters(ctx.app, ctx.actor, input)),
  /** A mutation, though nothing is written: an address would be too short for it. */
  preview: moderatorProcedure
    .input(replyPreviewInput)
    .output(replyPreviewDto)
    .mutation(({ ctx, input }) => previewReply(ctx.app, ctx.actor, input)),
  reply: moderatorProcedure
    .input(clusterReplyInput)
    .output(clusterReplyDto)
    .mutation(({ ctx, input }) => saveReply(ctx.app, ctx.actor, input)),
  removeReply: moderatorProcedure
    .input(clusterInput)
    .output(removedReplyDto)
    .mutation(({ ctx, input }) => removeReply(ctx.app, ctx.actor, input)),
});
