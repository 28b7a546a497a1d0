import { groupDto, groupInput, hardestDto, hardestInput } from '#shared/statistics.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { getGroup, listHardest } from './queries.ts';

export const groupRouter = router({
  table: moderatorProcedure
    .input(groupInput)
    .output(groupDto)
    .query(({ ctx, input }) => getGroup(ctx.app, ctx.actor, input)),
  hardest: moderatorProcedure
    .input(hardestInput)
    .output(hardestDto)
    .query(({ ctx, input }) => listHardest(ctx.app, ctx.actor, input.course)),
});
