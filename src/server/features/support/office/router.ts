import {
  createFaqCategoryInput,
  createFaqInput,
  faqCategoryDto,
  faqInput,
  faqOfficeArticleDto,
  faqOfficeListDto,
  faqPreviewDto,
  faqPreviewInput,
  moveFaqCategoryInput,
  moveFaqInput,
  renameFaqCategoryInput,
  updateFaqInput,
} from '#shared/support.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { createFaq, moveFaq, removeFaq, restoreFaq, updateFaq } from './actions.ts';
import { createFaqCategory, moveFaqCategory, removeFaqCategory, renameFaqCategory } from './categories/actions.ts';
import { getFaqForEditing, listFaq, previewFaq } from './queries.ts';

export const supportOfficeRouter = router({
  list: moderatorProcedure.output(faqOfficeListDto).query(({ ctx }) => listFaq(ctx.app)),
  article: moderatorProcedure
    .input(faqInput)
    .output(faqOfficeArticleDto)
    .query(({ ctx, input }) => getFaqForEditing(ctx.app, input)),
  create: moderatorProcedure
    .input(createFaqInput)
    .output(faqOfficeArticleDto)
    .mutation(({ ctx, input }) => createFaq(ctx.app, ctx.actor, input)),
  update: moderatorProcedure
    .input(updateFaqInput)
    .output(faqOfficeArticleDto)
    .mutation(({ ctx, input }) => updateFaq(ctx.app, ctx.actor, input)),
  move: moderatorProcedure.input(moveFaqInput).mutation(({ ctx, input }) => moveFaq(ctx.app, ctx.actor, input)),
  remove: moderatorProcedure.input(faqInput).mutation(({ ctx, input }) => removeFaq(ctx.app, ctx.actor, input)),
  restore: moderatorProcedure.input(faqInput).mutation(({ ctx, input }) => restoreFaq(ctx.app, ctx.actor, input)),
  /** Writes nothing: a mutation, because a text is too long for an address. */
  preview: moderatorProcedure
    .input(faqPreviewInput)
    .output(faqPreviewDto)
    .mutation(({ ctx, input }) => previewFaq(ctx.app, input)),
  createCategory: moderatorProcedure
    .input(createFaqCategoryInput)
    .output(faqCategoryDto)
    .mutation(({ ctx, input }) => createFaqCategory(ctx.app, ctx.actor, input)),
  renameCategory: moderatorProcedure
    .input(renameFaqCategoryInput)
    .mutation(({ ctx, input }) => renameFaqCategory(ctx.app, ctx.actor, input)),
  moveCategory: moderatorProcedure.input(moveFaqCategoryInput).mutation(({ ctx, input }) => moveFaqCategory(ctx.app, ctx.actor, input)),
  removeCategory: moderatorProcedure.input(faqInput).mutation(({ ctx, input }) => removeFaqCategory(ctx.app, ctx.actor, input)),
});
