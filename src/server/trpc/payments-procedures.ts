import { AppError } from '#shared/errors.ts';
import { moderatorProcedure, signedInProcedure } from './procedures.ts';

/** Where the school takes no payments these doors are not there for anybody. */
export const paymentsProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.app.payments) throw new AppError('PAYMENTS_OFF');
  return next();
});

export const paymentsOfficeProcedure = moderatorProcedure.use(({ ctx, next }) => {
  if (!ctx.app.payments) throw new AppError('PAYMENTS_OFF');
  return next();
});
