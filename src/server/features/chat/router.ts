import * as z from 'zod';
import {
  editMessageInput,
  historyDto,
  historyInput,
  messageDto,
  messageInput,
  messageVersionsDto,
  myThreadDto,
  openedThreadDto,
  openSupportInput,
  openTaskChatInput,
  readInput,
  sendMessageInput,
  threadDto,
  threadInput,
  unreadDto,
} from '#shared/chat.ts';
import { moderatorProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { markRead, openSupport, openTask, tellTyping } from './actions.ts';
import { inboxRouter } from './inbox/router.ts';
import { deleteMessage, editMessage, restoreMessage } from './messages/actions.ts';
import { getHistory, getVersions } from './messages/queries.ts';
import { getThread, getUnread, listMyThreads } from './queries.ts';
import { roomsRouter } from './rooms/router.ts';
import { sendMessage } from './send/actions.ts';
import { templatesRouter } from './templates/router.ts';

export const chatRouter = router({
  openTask: signedInProcedure
    .input(openTaskChatInput)
    .output(openedThreadDto)
    .mutation(({ ctx, input }) => openTask(ctx.app, ctx.actor, input)),
  openSupport: signedInProcedure
    .input(openSupportInput)
    .output(openedThreadDto)
    .mutation(({ ctx, input }) => openSupport(ctx.app, ctx.actor, input)),
  thread: signedInProcedure
    .input(threadInput)
    .output(threadDto)
    .query(({ ctx, input }) => getThread(ctx.app, ctx.actor, input.threadId)),
  history: signedInProcedure
    .input(historyInput)
    .output(historyDto)
    .query(({ ctx, input }) => getHistory(ctx.app, ctx.actor, input)),
  send: signedInProcedure
    .input(sendMessageInput)
    .output(messageDto)
    .mutation(({ ctx, input }) => sendMessage(ctx.app, ctx.actor, input)),
  edit: signedInProcedure
    .input(editMessageInput)
    .output(messageDto)
    .mutation(({ ctx, input }) => editMessage(ctx.app, ctx.actor, input)),
  delete: signedInProcedure
    .input(messageInput)
    .output(messageDto)
    .mutation(({ ctx, input }) => deleteMessage(ctx.app, ctx.actor, input)),
  restore: signedInProcedure
    .input(messageInput)
    .output(messageDto)
    .mutation(({ ctx, input }) => restoreMessage(ctx.app, ctx.actor, input)),
  versions: moderatorProcedure
    .input(messageInput)
    .output(messageVersionsDto)
    .query(({ ctx, input }) => getVersions(ctx.app, ctx.actor, input)),
  read: signedInProcedure.input(readInput).mutation(({ ctx, input }) => markRead(ctx.app, ctx.actor, input)),
  typing: signedInProcedure.input(threadInput).mutation(({ ctx, input }) => tellTyping(ctx.app, ctx.actor, input)),
  mine: signedInProcedure.output(z.array(myThreadDto)).query(({ ctx }) => listMyThreads(ctx.app, ctx.actor)),
  unread: signedInProcedure.output(unreadDto).query(({ ctx }) => getUnread(ctx.app, ctx.actor)),
  inbox: inboxRouter,
  rooms: roomsRouter,
  templates: templatesRouter,
});
