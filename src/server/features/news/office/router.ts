import {
  audienceCountDto,
  audienceCountInput,
  createNewsInput,
  newsInput,
  newsListDto,
  newsListInput,
  newsOfficeListDto,
  newsPostDto,
  newsPreviewDto,
  newsPreviewInput,
  newsProgressDto,
  newsReportDto,
  newsReportInput,
  newsTestDto,
  sendNewsInput,
  setNewsListInput,
  setNewsPicturesInput,
  updateNewsInput,
} from '#shared/news.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { getAudienceCount } from './audience/queries.ts';
import { copyPost } from './copies/actions.ts';
import { setList } from './list/actions.ts';
import { setPictures } from './pictures/actions.ts';
import { createPost, removePost, restorePost, updatePost } from './posts/actions.ts';
import { listPosts } from './posts/queries.ts';
import { previewPost } from './preview/queries.ts';
import { getProgress } from './progress/queries.ts';
import { getPost } from './queries.ts';
import { listReport } from './report/queries.ts';
import { sendPost, unschedulePost } from './sending/actions.ts';
import { cancelPost, pausePost, resumePost } from './sending/hold/actions.ts';
import { sendTest } from './test/actions.ts';

export const newsOfficeRouter = router({
  list: moderatorProcedure
    .input(newsListInput)
    .output(newsOfficeListDto)
    .query(({ ctx, input }) => listPosts(ctx.app, ctx.actor, input)),
  get: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .query(({ ctx, input }) => getPost(ctx.app, ctx.actor, input.id)),
  create: moderatorProcedure
    .input(createNewsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => createPost(ctx.app, ctx.actor, input)),
  update: moderatorProcedure
    .input(updateNewsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => updatePost(ctx.app, ctx.actor, input)),
  setPictures: moderatorProcedure
    .input(setNewsPicturesInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => setPictures(ctx.app, ctx.actor, input)),
  setList: moderatorProcedure
    .input(setNewsListInput)
    .output(newsListDto)
    .mutation(({ ctx, input }) => setList(ctx.app, ctx.actor, input)),
  count: moderatorProcedure
    .input(audienceCountInput)
    .output(audienceCountDto)
    .query(({ ctx, input }) => getAudienceCount(ctx.app, ctx.actor, input)),
  preview: moderatorProcedure
    .input(newsPreviewInput)
    .output(newsPreviewDto)
    .mutation(({ ctx, input }) => previewPost(ctx.app, ctx.actor, input)),
  test: moderatorProcedure
    .input(newsInput)
    .output(newsTestDto)
    .mutation(({ ctx, input }) => sendTest(ctx.app, ctx.actor, input.id)),
  send: moderatorProcedure
    .input(sendNewsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => sendPost(ctx.app, ctx.actor, input)),
  unschedule: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => unschedulePost(ctx.app, ctx.actor, input.id)),
  pause: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => pausePost(ctx.app, ctx.actor, input.id)),
  resume: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => resumePost(ctx.app, ctx.actor, input.id)),
  cancel: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => cancelPost(ctx.app, ctx.actor, input.id)),
  progress: moderatorProcedure
    .input(newsInput)
    .output(newsProgressDto)
    .query(({ ctx, input }) => getProgress(ctx.app, ctx.actor, input.id)),
  report: moderatorProcedure
    .input(newsReportInput)
    .output(newsReportDto)
    .query(({ ctx, input }) => listReport(ctx.app, ctx.actor, input)),
  remove: moderatorProcedure.input(newsInput).mutation(({ ctx, input }) => removePost(ctx.app, ctx.actor, input.id)),
  restore: moderatorProcedure.input(newsInput).mutation(({ ctx, input }) => restorePost(ctx.app, ctx.actor, input.id)),
  copy: moderatorProcedure
    .input(newsInput)
    .output(newsPostDto)
    .mutation(({ ctx, input }) => copyPost(ctx.app, ctx.actor, input.id)),
});
