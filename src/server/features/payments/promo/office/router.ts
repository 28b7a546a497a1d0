import {
  createPromoInput,
  promoListDto,
  promoListInput,
  promoRowDto,
  promoSwitchInput,
  updatePromoInput,
} from '#shared/payments-office.ts';
import { paymentsOfficeProcedure } from '../../../../trpc/payments-procedures.ts';
import { router } from '../../../../trpc/procedures.ts';
import { createPromo, switchPromo, updatePromo } from './actions.ts';
import { listPromo } from './queries.ts';

export const promoOfficeRouter = router({
  list: paymentsOfficeProcedure
    .input(promoListInput)
    .output(promoListDto)
    .query(({ ctx, input }) => listPromo(ctx.app, input)),
  create: paymentsOfficeProcedure
    .input(createPromoInput)
    .output(promoRowDto)
    .mutation(({ ctx, input }) => createPromo(ctx.app, ctx.actor, input)),
  update: paymentsOfficeProcedure
    .input(updatePromoInput)
    .output(promoRowDto)
    .mutation(({ ctx, input }) => updatePromo(ctx.app, ctx.actor, input)),
  switch: paymentsOfficeProcedure
    .input(promoSwitchInput)
    .output(promoRowDto)
    .mutation(({ ctx, input }) => switchPromo(ctx.app, ctx.actor, input)),
});
