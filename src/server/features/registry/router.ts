import { registrationsDto, registrationsInput } from '#shared/registry.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { listRegistrations } from './queries.ts';

export const registryRouter = router({
  list: moderatorProcedure
    .input(registrationsInput)
    .output(registrationsDto)
    .query(({ ctx, input }) => listRegistrations(ctx.app, ctx.actor, input)),
});
