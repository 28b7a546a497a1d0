import * as z from 'zod';
import { threadInput } from '#shared/chat.ts';
import {
  chatLockResult,
  closedThreadDto,
  closeThreadInput,
  inboxCountsDto,
  inboxInput,
  inboxPageDto,
  inboxThreadDto,
  ofStudentInput,
  replyTimeDto,
  studentThreadDto,
} from '#shared/inbox.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { getReplyTime } from '../reply-time/queries.ts';
import { closeThread, releaseThread, renewThread, takeThread } from './actions.ts';
import { countInbox, listInbox } from './queries.ts';
import { listThreadsOf } from './student/queries.ts';
import { getInboxThread } from './thread/queries.ts';

export const inboxRouter = router({
  list: moderatorProcedure
    .input(inboxInput)
    .output(inboxPageDto)
    .query(({ ctx, input }) => listInbox(ctx.app, ctx.actor, input)),
  counts: moderatorProcedure.output(inboxCountsDto).query(({ ctx }) => countInbox(ctx.app, ctx.actor)),
  thread: moderatorProcedure
    .input(threadInput)
    .output(inboxThreadDto)
    .query(({ ctx, input }) => getInboxThread(ctx.app, ctx.actor, input)),
  take: moderatorProcedure
    .input(threadInput)
    .output(chatLockResult)
    .mutation(({ ctx, input }) => takeThread(ctx.app, ctx.actor, input)),
  renew: moderatorProcedure
    .input(threadInput)
    .output(chatLockResult)
    .mutation(({ ctx, input }) => renewThread(ctx.app, ctx.actor, input)),
  release: moderatorProcedure
    .input(threadInput)
    .output(chatLockResult)
    .mutation(({ ctx, input }) => releaseThread(ctx.app, ctx.actor, input)),
  close: moderatorProcedure
    .input(closeThreadInput)
    .output(closedThreadDto)
    .mutation(({ ctx, input }) => closeThread(ctx.app, ctx.actor, input)),
  ofStudent: moderatorProcedure
    .input(ofStudentInput)
    .output(z.array(studentThreadDto))
    .query(({ ctx, input }) => listThreadsOf(ctx.app, ctx.actor, input)),
  replyTime: moderatorProcedure.output(replyTimeDto).query(({ ctx }) => getReplyTime(ctx.app)),
});
