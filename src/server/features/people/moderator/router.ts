import { changePasswordInput, changePasswordResult, moderatorProfileDto } from '#shared/moderator-profile.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { changePassword } from './actions.ts';
import { getModeratorProfile } from './queries.ts';

export const moderatorRouter = router({
  mine: moderatorProcedure.output(moderatorProfileDto).query(({ ctx }) => getModeratorProfile(ctx.app, ctx.actor)),
  changePassword: moderatorProcedure
    .input(changePasswordInput)
    .output(changePasswordResult)
    .mutation(({ ctx, input }) => changePassword(ctx.app, ctx.actor, ctx.live.id, input)),
});
