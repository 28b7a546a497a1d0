import { dashboardDto } from '#shared/dashboard.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { getDashboard } from './queries.ts';

export const dashboardRouter = router({
  get: moderatorProcedure.output(dashboardDto).query(({ ctx }) => getDashboard(ctx.app)),
});
