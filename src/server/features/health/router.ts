import { healthBriefDto, healthDto, healthInput } from '#shared/health.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { getHealth, getHealthBrief } from './queries.ts';

export const healthRouter = router({
  get: moderatorProcedure
    .input(healthInput)
    .output(healthDto)
    .query(({ ctx, input }) => getHealth(ctx.app, input)),
  brief: moderatorProcedure.output(healthBriefDto).query(({ ctx }) => getHealthBrief(ctx.app)),
});
