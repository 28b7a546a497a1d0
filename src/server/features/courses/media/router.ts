import * as z from 'zod';
import {
  addVideoInput,
  mediaDto,
  mediaInput,
  moveVideoInput,
  removeVideoInput,
  restoreVideoInput,
  updateVideoInput,
} from '#shared/media.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { addVideo, moveVideo, removeVideo, restoreVideo, updateVideo } from './actions.ts';
import { getMedia } from './queries.ts';

/** Videos of a topic, for those who make it. */
export const mediaRouter = router({
  get: moderatorProcedure
    .input(mediaInput)
    .output(mediaDto)
    .query(({ ctx, input }) => getMedia(ctx.app, ctx.actor, input.topicId)),
  addVideo: moderatorProcedure.input(addVideoInput).mutation(({ ctx, input }) => addVideo(ctx.app, ctx.actor, input)),
  updateVideo: moderatorProcedure.input(updateVideoInput).mutation(({ ctx, input }) => updateVideo(ctx.app, ctx.actor, input)),
  moveVideo: moderatorProcedure
    .input(moveVideoInput)
    .output(z.array(z.string()))
    .mutation(({ ctx, input }) => moveVideo(ctx.app, ctx.actor, input)),
  removeVideo: moderatorProcedure
    .input(removeVideoInput)
    .output(restoreVideoInput.nullable())
    .mutation(({ ctx, input }) => removeVideo(ctx.app, ctx.actor, input)),
  restoreVideo: moderatorProcedure.input(restoreVideoInput).mutation(({ ctx, input }) => restoreVideo(ctx.app, ctx.actor, input)),
});
