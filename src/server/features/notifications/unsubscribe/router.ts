import { setUnsubscribedInput, unsubscribeDto, unsubscribeInput } from '#shared/notifications.ts';
import { anonymousProcedure, router } from '../../../trpc/procedures.ts';
import { setUnsubscribed } from './actions.ts';
import { findUnsubscription } from './queries.ts';

export const unsubscribeRouter = router({
  look: anonymousProcedure
    .input(unsubscribeInput)
    .output(unsubscribeDto)
    .query(({ ctx, input }) => findUnsubscription(ctx.app, input)),
  set: anonymousProcedure
    .input(setUnsubscribedInput)
    .output(unsubscribeDto)
    .mutation(({ ctx, input }) => setUnsubscribed(ctx.app, input)),
});
