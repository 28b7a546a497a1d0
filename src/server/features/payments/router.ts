import {
  checkoutInput,
  historyDto,
  historyInput,
  methodInput,
  myPaymentsDto,
  offerDto,
  offerInput,
  orderDto,
  orderInput,
  orderStartedDto,
  payPeriodInput,
  promoDto,
  promoInput,
  retryInput,
  subscriptionDto,
  subscriptionInput,
} from '#shared/payments.ts';
import { paymentsProcedure } from '../../trpc/payments-procedures.ts';
import { router } from '../../trpc/procedures.ts';
import { listHistory } from './history/queries.ts';
import { forgetMethod } from './methods/actions.ts';
import { getOffer } from './offers/queries.ts';
import { paymentsOfficeRouter } from './office/router.ts';
import { cancelOrder, checkOrder, checkout, retryOrder } from './orders/actions.ts';
import { getOrder } from './orders/queries.ts';
import { tryPromo } from './promo/actions.ts';
import { cancelSubscription, payPeriod, resumeSubscription } from './subscriptions/actions.ts';
import { getMyPayments } from './subscriptions/queries.ts';

export const paymentsRouter = router({
  office: paymentsOfficeRouter,
  offer: paymentsProcedure
    .input(offerInput)
    .output(offerDto)
    .query(({ ctx, input }) => getOffer(ctx.app, ctx.actor, input)),
  promo: paymentsProcedure
    .input(promoInput)
    .output(promoDto)
    .mutation(({ ctx, input }) => tryPromo(ctx.app, ctx.actor, input)),
  checkout: paymentsProcedure
    .input(checkoutInput)
    .output(orderStartedDto)
    .mutation(({ ctx, input }) => checkout(ctx.app, ctx.actor, input)),
  order: paymentsProcedure
    .input(orderInput)
    .output(orderDto)
    .query(({ ctx, input }) => getOrder(ctx.app, ctx.actor, input.id)),
  check: paymentsProcedure.input(orderInput).mutation(({ ctx, input }) => checkOrder(ctx.app, ctx.actor, input.id)),
  retry: paymentsProcedure
    .input(retryInput)
    .output(orderStartedDto)
    .mutation(({ ctx, input }) => retryOrder(ctx.app, ctx.actor, input)),
  cancelOrder: paymentsProcedure.input(orderInput).mutation(({ ctx, input }) => cancelOrder(ctx.app, ctx.actor, input.id)),
  history: paymentsProcedure
    .input(historyInput)
    .output(historyDto)
    .query(({ ctx, input }) => listHistory(ctx.app, ctx.actor, input)),
  mine: paymentsProcedure.output(myPaymentsDto).query(({ ctx }) => getMyPayments(ctx.app, ctx.actor)),
  cancelSubscription: paymentsProcedure
    .input(subscriptionInput)
    .output(subscriptionDto)
    .mutation(({ ctx, input }) => cancelSubscription(ctx.app, ctx.actor, input.id)),
  resumeSubscription: paymentsProcedure
    .input(subscriptionInput)
    .output(subscriptionDto)
    .mutation(({ ctx, input }) => resumeSubscription(ctx.app, ctx.actor, input.id)),
  payPeriod: paymentsProcedure
    .input(payPeriodInput)
    .output(orderStartedDto)
    .mutation(({ ctx, input }) => payPeriod(ctx.app, ctx.actor, input)),
  forgetMethod: paymentsProcedure.input(methodInput).mutation(({ ctx, input }) => forgetMethod(ctx.app, ctx.actor, input.id)),
});
