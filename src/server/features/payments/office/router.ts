import { orderInput } from '#shared/payments.ts';
import {
  checksDto,
  closeAccessInput,
  endSubscriptionInput,
  importRegistryDto,
  importRegistryInput,
  issuesDto,
  issuesInput,
  paymentDetailsDto,
  paymentsListDto,
  paymentsListInput,
  paymentsOverviewDto,
  providerInput,
  recordRefundInput,
  refundInput,
  resolveIssueInput,
  runCheckInput,
  settleHeldInput,
  subscriptionsDto,
  subscriptionsInput,
} from '#shared/payments-office.ts';
import { paymentsOfficeProcedure } from '../../../trpc/payments-procedures.ts';
import { router } from '../../../trpc/procedures.ts';
import { resolveIssue } from '../issues/actions.ts';
import { listIssues } from '../issues/queries.ts';
import { promoOfficeRouter } from '../promo/office/router.ts';
import { runCheck } from '../reconcile/actions.ts';
import { listChecks } from '../reconcile/queries.ts';
import { importRegistry } from '../reconcile/registry/actions.ts';
import { askRefund, recordRefund, settleHeld } from '../refunds/actions.ts';
import { endSubscription } from '../subscriptions/actions.ts';
import { startProvider, stopProvider } from '../switches/actions.ts';
import { checkPayment, closeAccess } from './actions.ts';
import { listPayments } from './list/queries.ts';
import { getOverview } from './overview/queries.ts';
import { getPayment } from './queries.ts';
import { listSubscriptions } from './subscriptions/queries.ts';

export const paymentsOfficeRouter = router({
  promo: promoOfficeRouter,
  overview: paymentsOfficeProcedure.output(paymentsOverviewDto).query(({ ctx }) => getOverview(ctx.app)),
  list: paymentsOfficeProcedure
    .input(paymentsListInput)
    .output(paymentsListDto)
    .query(({ ctx, input }) => listPayments(ctx.app, input)),
  get: paymentsOfficeProcedure
    .input(orderInput)
    .output(paymentDetailsDto)
    .query(({ ctx, input }) => getPayment(ctx.app, ctx.actor, input.id)),
  check: paymentsOfficeProcedure
    .input(orderInput)
    .output(paymentDetailsDto)
    .mutation(({ ctx, input }) => checkPayment(ctx.app, ctx.actor, input.id)),
  refund: paymentsOfficeProcedure
    .input(refundInput)
    .output(paymentDetailsDto)
    .mutation(({ ctx, input }) => askRefund(ctx.app, ctx.actor, input)),
  recordRefund: paymentsOfficeProcedure
    .input(recordRefundInput)
    .output(paymentDetailsDto)
    .mutation(({ ctx, input }) => recordRefund(ctx.app, ctx.actor, input)),
  settleHeld: paymentsOfficeProcedure
    .input(settleHeldInput)
    .output(paymentDetailsDto)
    .mutation(({ ctx, input }) => settleHeld(ctx.app, ctx.actor, input)),
  closeAccess: paymentsOfficeProcedure
    .input(closeAccessInput)
    .output(paymentDetailsDto)
    .mutation(({ ctx, input }) => closeAccess(ctx.app, ctx.actor, input)),
  issues: paymentsOfficeProcedure
    .input(issuesInput)
    .output(issuesDto)
    .query(({ ctx, input }) => listIssues(ctx.app, input)),
  resolveIssue: paymentsOfficeProcedure.input(resolveIssueInput).mutation(({ ctx, input }) => resolveIssue(ctx.app, ctx.actor, input)),
  checks: paymentsOfficeProcedure.output(checksDto).query(({ ctx }) => listChecks(ctx.app)),
  runCheck: paymentsOfficeProcedure.input(runCheckInput).mutation(({ ctx, input }) => runCheck(ctx.app, ctx.actor, input.kind)),
  importRegistry: paymentsOfficeProcedure
    .input(importRegistryInput)
    .output(importRegistryDto)
    .mutation(({ ctx, input }) => importRegistry(ctx.app, ctx.actor, input.content)),
  stop: paymentsOfficeProcedure.input(providerInput).mutation(({ ctx, input }) => stopProvider(ctx.app, ctx.actor, input.provider)),
  start: paymentsOfficeProcedure.input(providerInput).mutation(({ ctx, input }) => startProvider(ctx.app, ctx.actor, input.provider)),
  subscriptions: paymentsOfficeProcedure
    .input(subscriptionsInput)
    .output(subscriptionsDto)
    .query(({ ctx, input }) => listSubscriptions(ctx.app, input)),
  endSubscription: paymentsOfficeProcedure
    .input(endSubscriptionInput)
    .mutation(({ ctx, input }) => endSubscription(ctx.app, ctx.actor, input)),
});
