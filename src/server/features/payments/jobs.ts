import { handle, type JobHandler } from '../../platform/jobs.ts';
import { endEnrolments } from './entitlements/actions.ts';
import { paymentsCheck, paymentsSweep } from './job-kinds.ts';
import { closeDueOrders } from './orders/expiry/actions.ts';
import { lookAtDay, lookAtOpen, lookAtWeek } from './reconcile/actions.ts';
import { paymentsLookDay, paymentsLookOpen, paymentsLookWeek } from './reconcile/job-kinds.ts';
import { askProvider } from './record/actions.ts';
import { forgetBodies } from './webhook/actions.ts';
import { workOffEvent } from './webhook/events/actions.ts';
import { paymentsEvent, paymentsForget } from './webhook/job-kinds.ts';

/** Only where the school takes payments. */
export const paymentsJobs: JobHandler[] = [
  handle(paymentsCheck, async (app, { attemptId }) => {
    await askProvider(app, attemptId);
  }),
  handle(paymentsSweep, async (app) => {
    await closeDueOrders(app);
    await endEnrolments(app);
  }),
  handle(paymentsEvent, (app, { id }) => workOffEvent(app, BigInt(id))),
  handle(paymentsForget, forgetBodies),
  handle(paymentsLookOpen, lookAtOpen),
  handle(paymentsLookDay, lookAtDay),
  handle(paymentsLookWeek, lookAtWeek),
];
