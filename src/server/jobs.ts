import { authJobs } from './features/auth/jobs.ts';
import { examsJobs } from './features/exams/jobs.ts';
import { filesJobs } from './features/files/jobs.ts';
import { healthJobs } from './features/health/jobs.ts';
import { newsJobs } from './features/news/jobs.ts';
import { notificationsJobs } from './features/notifications/jobs.ts';
import { paymentsJobs } from './features/payments/jobs.ts';
import { methodsJobs } from './features/payments/methods/jobs.ts';
import { pagesJobs } from './features/payments/orders/pages/jobs.ts';
import { refundsJobs } from './features/payments/refunds/jobs.ts';
import { subscriptionsJobs } from './features/payments/subscriptions/jobs.ts';
import { personalDataJobs } from './features/people/personal-data/jobs.ts';
import { registryJobs } from './features/registry/jobs.ts';
import type { Config } from './platform/config.ts';
import type { JobHandler } from './platform/jobs.ts';

/** Every job the server works off. */
export function jobHandlers({ payments }: Pick<Config, 'payments'>): JobHandler[] {
  const always = [
    ...authJobs,
    ...examsJobs,
    ...filesJobs,
    ...healthJobs,
    ...newsJobs,
    ...notificationsJobs,
    ...personalDataJobs,
    ...registryJobs,
  ];
  return payments ? [...always, ...paymentsJobs, ...pagesJobs, ...methodsJobs, ...refundsJobs, ...subscriptionsJobs] : always;
}
