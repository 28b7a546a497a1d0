import { bellInput, bellPageDto, markSeenInput, unseenDto } from '#shared/notifications.ts';
import { signedInProcedure } from '../../../trpc/procedures.ts';
import { markSeen } from './actions.ts';
import { countUnseen, listBell } from './queries.ts';

/** Stands among the procedures of `notifications`. */
export const bellProcedures = {
  list: signedInProcedure
    .input(bellInput)
    .output(bellPageDto)
    .query(({ ctx, input }) => listBell(ctx.app, ctx.actor, input)),
  unseen: signedInProcedure.output(unseenDto).query(({ ctx }) => countUnseen(ctx.app, ctx.actor)),
  markSeen: signedInProcedure.input(markSeenInput).mutation(({ ctx, input }) => markSeen(ctx.app, ctx.actor, input)),
};
