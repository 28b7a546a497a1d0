import { answerMistakeInput, answerMistakeResult, mistakesBriefDto, mistakesDto } from '#shared/mistakes.ts';
import { router, signedInProcedure } from '../../../trpc/procedures.ts';
import { answerMistake } from './actions.ts';
import { getMistakes, getMistakesBrief } from './queries.ts';

export const mistakesRouter = router({
  today: signedInProcedure.output(mistakesDto).query(({ ctx }) => getMistakes(ctx.app, ctx.actor)),
  brief: signedInProcedure.output(mistakesBriefDto).query(({ ctx }) => getMistakesBrief(ctx.app, ctx.actor)),
  answer: signedInProcedure
    .input(answerMistakeInput)
    .output(answerMistakeResult)
    .mutation(({ ctx, input }) => answerMistake(ctx.app, ctx.actor, input)),
});
