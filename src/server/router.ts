import { authRouter } from './features/auth/router.ts';
import { coursesRouter } from './features/courses/router.ts';
import { peopleRouter } from './features/people/router.ts';
import { progressRouter } from './features/progress/router.ts';
import { registryRouter } from './features/registry/router.ts';
import { settingsRouter } from './features/settings/router.ts';
import { tasksRouter } from './features/tasks/router.ts';
import { router } from './trpc/procedures.ts';

export const appRouter = router({
  auth: authRouter,
  courses: coursesRouter,
  people: peopleRouter,
  progress: progressRouter,
  registry: registryRouter,
  settings: settingsRouter,
  tasks: tasksRouter,
});

export type AppRouter = typeof appRouter;
