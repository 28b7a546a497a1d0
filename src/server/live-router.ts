import { chatLiveRouter } from './features/chat/live/router.ts';
import { mineRouter } from './features/live/router.ts';
import { router } from './trpc/procedures.ts';

/** Subscriptions only, over the WebSocket; what is asked and changed goes over HTTP (`appRouter`). */
export const liveRouter = router({
  chat: chatLiveRouter,
  live: mineRouter,
});

export type LiveRouter = typeof liveRouter;
