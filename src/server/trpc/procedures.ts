import { AppError } from '#shared/errors.ts';
import { actorOf } from './context.ts';
import { mapErrors, t } from './init.ts';

export const { router } = t;

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure.use(mapErrors).use(async ({ ctx, next }) => {
  const session = await ctx.session();
  return next({ ctx: { viewer: session ? actorOf(session) : null } });
});

/** Anybody, and it does not matter who: the session is not even read. */
export const anonymousProcedure = t.procedure.use(mapErrors);

/** A student or a moderator. */
export const signedInProcedure = t.procedure.use(mapErrors).use(async ({ ctx, next }) => {
  const session = await ctx.session();
  if (!session) throw new AppError((await ctx.app.sessions.isBlocked(ctx.request.cookie)) ? 'AUTH_BLOCKED' : 'AUTH_SESSION_REQUIRED');
  return next({ ctx: { live: session, actor: actorOf(session) } });
});

export const moderatorProcedure = signedInProcedure.use(async ({ ctx, next }) => {
  if (ctx.actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  return next();
});
