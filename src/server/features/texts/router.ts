import {
  answerCheckDto,
  checkAnswerInput,
  discardDraftInput,
  discardDraftResult,
  likelyAnswersDto,
  likelyAnswersInput,
  previewDto,
  previewInput,
  publishInput,
  publishResult,
  saveDraftInput,
  saveDraftResult,
  textDto,
  textInput,
  versionDto,
  versionInput,
  versionsDto,
  versionsInput,
} from '#shared/texts.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { discardDraft, publishText, saveDraft } from './actions.ts';
import { checkByText, getText, getVersion, listLikelyAnswers, listVersions, previewText } from './queries.ts';

/** Whatever takes a whole source is a mutation, also where nothing is written: an address would be too short for it. */
export const textsRouter = router({
  open: moderatorProcedure
    .input(textInput)
    .output(textDto)
    .query(({ ctx, input }) => getText(ctx.app, ctx.actor, input)),
  saveDraft: moderatorProcedure
    .input(saveDraftInput)
    .output(saveDraftResult)
    .mutation(({ ctx, input }) => saveDraft(ctx.app, ctx.actor, input)),
  discardDraft: moderatorProcedure
    .input(discardDraftInput)
    .output(discardDraftResult)
    .mutation(({ ctx, input }) => discardDraft(ctx.app, ctx.actor, input)),
  publish: moderatorProcedure
    .input(publishInput)
    .output(publishResult)
    .mutation(({ ctx, input }) => publishText(ctx.app, ctx.actor, input)),
  preview: moderatorProcedure
    .input(previewInput)
    .output(previewDto)
    .mutation(({ ctx, input }) => previewText(ctx.app, ctx.actor, input)),
  checkAnswer: moderatorProcedure
    .input(checkAnswerInput)
    .output(answerCheckDto)
    .mutation(({ ctx, input }) => checkByText(ctx.app, ctx.actor, input)),
  likelyAnswers: moderatorProcedure
    .input(likelyAnswersInput)
    .output(likelyAnswersDto)
    .mutation(({ ctx, input }) => listLikelyAnswers(ctx.app, ctx.actor, input)),
  versions: moderatorProcedure
    .input(versionsInput)
    .output(versionsDto)
    .query(({ ctx, input }) => listVersions(ctx.app, ctx.actor, input)),
  version: moderatorProcedure
    .input(versionInput)
    .output(versionDto)
    .query(({ ctx, input }) => getVersion(ctx.app, ctx.actor, input)),
});
