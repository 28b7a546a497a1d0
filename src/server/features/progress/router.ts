import { homeDto, progressDto } from '#shared/progress.ts';
import { router, signedInProcedure } from '../../trpc/procedures.ts';
import { getHome, getProgress } from './queries.ts';

export const progressRouter = router({
  mine: signedInProcedure.output(progressDto).query(({ ctx }) => getProgress(ctx.app, ctx.actor)),
  home: signedInProcedure.output(homeDto).query(({ ctx }) => getHome(ctx.app, ctx.actor)),
});
