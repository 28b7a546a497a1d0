import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import {
  codeFlowDto,
  endSessionInput,
  localeSchema,
  meDto,
  registerInput,
  requestCodeInput,
  sessionDto,
  signInModeratorInput,
  signInModeratorResult,
  verifyCodeInput,
  verifyCodeResult,
} from '#shared/auth.ts';
import { passSecondStepInput, passSecondStepResult } from '#shared/second-step.ts';
import type { Context } from '../../trpc/context.ts';
import { anonymousProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { register, requestCode, resendCode, verifyCode } from './actions.ts';
import type { StartedFlow } from './code-flow.ts';
import { flowCookie, readFlowToken, readTicket, ticketCookie } from './cookies.ts';
import { signInModerator } from './password-sign-in.ts';
import { findFlow, listSessions, meOf } from './queries.ts';
import { secondStepRouter } from './second-step/router.ts';
import { passSecondStep } from './second-step/sign-in/actions.ts';

/** Known and unknown addresses are answered no sooner than this, so that the clock does not tell them apart. Well above what either costs. */
const sameAnswerMs = 150;

async function evenly<T>(work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, wait(sameAnswerMs)]);
  return result;
}

function start(ctx: Context, { token, flow }: StartedFlow) {
  ctx.setCookie(flowCookie(ctx.app.config, token));
  return flow;
}

/** For whoever looks at the log after an attack: that somebody came in, or did not, by which door and from where. Never who was named. */
function note(ctx: Context, door: string, outcome: string): void {
  ctx.app.log.info({ id: ctx.requestId, door, outcome, network: ctx.request.network }, 'sign-in');
}

async function replaceSession(ctx: Context, cookie: string) {
  const former = await ctx.session();
  if (former) await ctx.app.sessions.end(former.person.id, { only: former.id });
  ctx.setCookie(flowCookie(ctx.app.config, ''));
  ctx.setCookie(cookie);
}

export const authRouter = router({
  me: anonymousProcedure.output(meDto.nullable()).query(async ({ ctx }) => {
    const session = await ctx.session();
    return session ? meOf(ctx.app, session) : null;
  }),
  flow: anonymousProcedure
    .output(codeFlowDto.nullable())
    .query(({ ctx }) => findFlow(ctx.app, readFlowToken(ctx.app.config, ctx.request.cookie))),
  register: anonymousProcedure
    .input(registerInput)
    .output(codeFlowDto)
    .mutation(async ({ ctx, input }) => start(ctx, await evenly(register(ctx.app, ctx.request, input)))),
  requestCode: anonymousProcedure
    .input(requestCodeInput)
    .output(codeFlowDto)
    .mutation(async ({ ctx, input }) => start(ctx, await evenly(requestCode(ctx.app, ctx.request, input)))),
  resendCode: anonymousProcedure
    .input(z.strictObject({ locale: localeSchema }))
    .output(codeFlowDto.nullable())
    .mutation(async ({ ctx, input }) => {
      const started = await evenly(resendCode(ctx.app, ctx.request, readFlowToken(ctx.app.config, ctx.request.cookie), input.locale));
      return started ? start(ctx, started) : null;
    }),
  verifyCode: anonymousProcedure
    .input(verifyCodeInput)
    .output(verifyCodeResult)
    .mutation(async ({ ctx, input }) => {
      const result = await verifyCode(ctx.app, ctx.request, readFlowToken(ctx.app.config, ctx.request.cookie), input.code);
      note(ctx, 'code', result.outcome);
      if (result.outcome === 'signed-in') await replaceSession(ctx, result.cookie);
      return result;
    }),
  signInModerator: anonymousProcedure
    .input(signInModeratorInput)
    .output(signInModeratorResult)
    .mutation(async ({ ctx, input }) => {
      const result = await signInModerator(ctx.app, ctx.request, input);
      note(ctx, 'password', result.outcome);
      if (result.outcome === 'signed-in') await replaceSession(ctx, result.cookie);
      if (result.outcome === 'second-step') ctx.setCookie(ticketCookie(ctx.app.config, result.ticket));
      return result;
    }),
  passSecondStep: anonymousProcedure
    .input(passSecondStepInput)
    .output(passSecondStepResult)
    .mutation(async ({ ctx, input }) => {
      const result = await passSecondStep(ctx.app, ctx.request, readTicket(ctx.app.config, ctx.request.cookie), input.code);
      note(ctx, 'second-step', result.outcome);
      if (result.outcome === 'signed-in') {
        await replaceSession(ctx, result.cookie);
        ctx.setCookie(ticketCookie(ctx.app.config, ''));
      }
      return result;
    }),
  secondStep: secondStepRouter,
  signOut: anonymousProcedure.mutation(async ({ ctx }) => {
    const session = await ctx.session();
    if (session) await ctx.app.sessions.end(session.person.id, { only: session.id });
    ctx.setCookie(ctx.app.sessions.blankCookie);
  }),
  sessions: signedInProcedure.output(z.array(sessionDto)).query(({ ctx }) => listSessions(ctx.app, ctx.live)),
  endSession: signedInProcedure.input(endSessionInput).mutation(async ({ ctx, input }) => {
    await ctx.app.sessions.end(ctx.actor.id, { only: input.id });
  }),
  endOtherSessions: signedInProcedure
    .output(z.object({ ended: z.number().int() }))
    .mutation(async ({ ctx }) => ({ ended: await ctx.app.sessions.end(ctx.actor.id, { except: ctx.live.id }) })),
});
