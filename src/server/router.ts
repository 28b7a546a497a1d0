import { auditRouter } from './features/audit/router.ts';
import { authRouter } from './features/auth/router.ts';
import { chatRouter } from './features/chat/router.ts';
import { coursesRouter } from './features/courses/router.ts';
import { dashboardRouter } from './features/dashboard/router.ts';
import { examsRouter } from './features/exams/router.ts';
import { filesRouter } from './features/files/router.ts';
import { healthRouter } from './features/health/router.ts';
import { newsRouter } from './features/news/router.ts';
import { notificationsRouter } from './features/notifications/router.ts';
import { paymentsRouter } from './features/payments/router.ts';
import { peopleRouter } from './features/people/router.ts';
import { progressRouter } from './features/progress/router.ts';
import { registryRouter } from './features/registry/router.ts';
import { reviewsRouter } from './features/reviews/router.ts';
import { settingsRouter } from './features/settings/router.ts';
import { supportRouter } from './features/support/router.ts';
import { tasksRouter } from './features/tasks/router.ts';
import { textsRouter } from './features/texts/router.ts';
import { transferRouter } from './features/transfer/router.ts';
import { router } from './trpc/procedures.ts';

export const appRouter = router({
  audit: auditRouter,
  auth: authRouter,
  chat: chatRouter,
  courses: coursesRouter,
  dashboard: dashboardRouter,
  exams: examsRouter,
  files: filesRouter,
  health: healthRouter,
  news: newsRouter,
  notifications: notificationsRouter,
  payments: paymentsRouter,
  people: peopleRouter,
  progress: progressRouter,
  registry: registryRouter,
  reviews: reviewsRouter,
  settings: settingsRouter,
  support: supportRouter,
  tasks: tasksRouter,
  texts: textsRouter,
  transfer: transferRouter,
});

export type AppRouter = typeof appRouter;
