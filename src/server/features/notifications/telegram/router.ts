import { telegramStartDto } from '#shared/notifications.ts';
import { router, signedInProcedure } from '../../../trpc/procedures.ts';
import { startLink, unlink } from './linking/actions.ts';

export const telegramRouter = router({
  start: signedInProcedure.output(telegramStartDto).mutation(({ ctx }) => startLink(ctx.app, ctx.actor)),
  unlink: signedInProcedure.mutation(({ ctx }) => unlink(ctx.app, ctx.actor)),
});
