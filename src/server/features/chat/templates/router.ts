import * as z from 'zod';
import { createTemplateInput, templateDto, templateInput, updateTemplateInput } from '#shared/inbox.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { createTemplate, removeTemplate, restoreTemplate, updateTemplate } from './actions.ts';
import { listTemplates } from './queries.ts';

export const templatesRouter = router({
  list: moderatorProcedure.output(z.array(templateDto)).query(({ ctx }) => listTemplates(ctx.app)),
  create: moderatorProcedure
    .input(createTemplateInput)
    .output(templateDto)
    .mutation(({ ctx, input }) => createTemplate(ctx.app, ctx.actor, input)),
  update: moderatorProcedure
    .input(updateTemplateInput)
    .output(templateDto)
    .mutation(({ ctx, input }) => updateTemplate(ctx.app, ctx.actor, input)),
  remove: moderatorProcedure.input(templateInput).mutation(({ ctx, input }) => removeTemplate(ctx.app, ctx.actor, input)),
  restore: moderatorProcedure.input(templateInput).mutation(({ ctx, input }) => restoreTemplate(ctx.app, ctx.actor, input)),
});
