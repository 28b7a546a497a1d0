import { blockedAddressesDto, blockedAddressesInput, deliveryOverviewDto, unblockAddressInput } from '#shared/notifications.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { unblockAddress } from './actions.ts';
import { getOverview, listBlocked } from './queries.ts';

export const notificationsOfficeRouter = router({
  overview: moderatorProcedure.output(deliveryOverviewDto).query(({ ctx }) => getOverview(ctx.app)),
  blocked: moderatorProcedure
    .input(blockedAddressesInput)
    .output(blockedAddressesDto)
    .query(({ ctx, input }) => listBlocked(ctx.app, input)),
  unblock: moderatorProcedure.input(unblockAddressInput).mutation(({ ctx, input }) => unblockAddress(ctx.app, ctx.actor, input)),
});
