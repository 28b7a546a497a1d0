import * as z from 'zod';
import { setPricesInput } from '#shared/curriculum.ts';
import { moderatorProcedure } from '../../../../trpc/procedures.ts';
import { setPrices } from './actions.ts';

export const priceProcedures = {
  setPrices: moderatorProcedure
    .input(setPricesInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setPrices(ctx.app, ctx.actor, input)),
};
