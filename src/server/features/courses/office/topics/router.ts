import * as z from 'zod';
import {
  copyInput,
  createTopicInput,
  earlyDto,
  itemInput,
  movedDto,
  moveInput,
  renameInput,
  topicOpeningInput,
} from '#shared/curriculum.ts';
import { moderatorProcedure } from '../../../../trpc/procedures.ts';
import {
  createTopic,
  deleteTopic,
  duplicateTopic,
  moveTopic,
  openTopicNow,
  publishTopic,
  renameTopic,
  restoreTopic,
  setTopicOpening,
  unpublishTopic,
} from './actions.ts';
import { listEarly } from './queries.ts';

const ofTopic = moderatorProcedure.input(itemInput).output(z.void());

export const topicProcedures = {
  createTopic: moderatorProcedure
    .input(createTopicInput)
    .output(z.void())
    .mutation(({ ctx, input }) => createTopic(ctx.app, ctx.actor, input)),
  renameTopic: moderatorProcedure
    .input(renameInput)
    .output(z.void())
    .mutation(({ ctx, input }) => renameTopic(ctx.app, ctx.actor, input)),
  setTopicOpening: moderatorProcedure
    .input(topicOpeningInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setTopicOpening(ctx.app, ctx.actor, input)),
  openTopicNow: ofTopic.mutation(({ ctx, input }) => openTopicNow(ctx.app, ctx.actor, input)),
  early: moderatorProcedure
    .input(itemInput)
    .output(z.array(earlyDto))
    .query(({ ctx, input }) => listEarly(ctx.app, ctx.actor, input)),
  publishTopic: ofTopic.mutation(({ ctx, input }) => publishTopic(ctx.app, ctx.actor, input)),
  unpublishTopic: ofTopic.mutation(({ ctx, input }) => unpublishTopic(ctx.app, ctx.actor, input)),
  deleteTopic: ofTopic.mutation(({ ctx, input }) => deleteTopic(ctx.app, ctx.actor, input)),
  restoreTopic: ofTopic.mutation(({ ctx, input }) => restoreTopic(ctx.app, ctx.actor, input)),
  moveTopic: moderatorProcedure
    .input(moveInput)
    .output(movedDto)
    .mutation(({ ctx, input }) => moveTopic(ctx.app, ctx.actor, input)),
  duplicateTopic: moderatorProcedure
    .input(copyInput)
    .output(z.void())
    .mutation(({ ctx, input }) => duplicateTopic(ctx.app, ctx.actor, input)),
};
