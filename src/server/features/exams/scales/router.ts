import { restoreScaleInput, saveScaleInput, scaleInput } from '#shared/exams.ts';
import { removedScaleDto, scaleListDto, scaleSavedDto } from '#shared/scales.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { removeScale, restoreScale, saveScale } from './actions.ts';
import { listScales } from './queries.ts';

export const scalesRouter = router({
  list: moderatorProcedure.output(scaleListDto).query(({ ctx }) => listScales(ctx.app, ctx.actor)),
  save: moderatorProcedure
    .input(saveScaleInput)
    .output(scaleSavedDto)
    .mutation(({ ctx, input }) => saveScale(ctx.app, ctx.actor, input)),
  remove: moderatorProcedure
    .input(scaleInput)
    .output(removedScaleDto)
    .mutation(({ ctx, input }) => removeScale(ctx.app, ctx.actor, input)),
  restore: moderatorProcedure
    .input(restoreScaleInput)
    .output(scaleSavedDto)
    .mutation(({ ctx, input }) => restoreScale(ctx.app, ctx.actor, input)),
});
