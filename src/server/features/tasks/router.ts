import { keyFixSeenInput } from '#shared/key-fix.ts';
import {
  checkSampleInput,
  checkSampleResult,
  sampleTaskDto,
  solutionDto,
  solutionInput,
  submitInput,
  submitResult,
} from '#shared/tasks.ts';
import { atOnce } from '../../trpc/parsers.ts';
import { anonymousProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { checkSample, readKeyFix, submitAnswer } from './actions.ts';
import { clustersRouter } from './clusters/router.ts';
import { findSampleTask, getSolution } from './queries.ts';

export const tasksRouter = router({
  clusters: clustersRouter,
  sample: anonymousProcedure.output(sampleTaskDto.nullable()).query(async ({ ctx }) => (await findSampleTask(ctx.app))?.dto ?? null),
  checkSample: anonymousProcedure
    .input(checkSampleInput)
    .output(checkSampleResult)
    .mutation(({ ctx, input }) => checkSample(ctx.app, ctx.request.network, input.value)),
  submit: signedInProcedure
    .input(atOnce(submitInput))
    .output(atOnce(submitResult))
    .mutation(({ ctx, input }) => submitAnswer(ctx.app, ctx.actor, input)),
  keyFixSeen: signedInProcedure.input(keyFixSeenInput).mutation(({ ctx, input }) => readKeyFix(ctx.app, ctx.actor, input)),
  solution: signedInProcedure
    .input(solutionInput)
    .output(solutionDto)
    .query(({ ctx, input }) => getSolution(ctx.app, ctx.actor, input.taskId)),
});
