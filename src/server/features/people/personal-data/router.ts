import * as z from 'zod';
import { localeSchema } from '#shared/auth.ts';
import {
  agreeInput,
  askToEraseInput,
  closeAccountInput,
  closeAccountResult,
  consentDueDto,
  consentDueInput,
  eraseFlowDto,
  keepAccountInput,
  keepAccountResult,
  privacyPolicyDto,
} from '#shared/personal-data.ts';
import { anonymousProcedure, router, signedInProcedure } from '../../../trpc/procedures.ts';
import { askToErase, closeAccount, keepAccount } from './closing/actions.ts';
import { agreeToConsent } from './consents/actions.ts';
import { findConsentDue, getPrivacyPolicy } from './consents/queries.ts';

export const personalDataRouter = router({
  consentDue: signedInProcedure
    .input(consentDueInput)
    .output(consentDueDto.nullable())
    .query(({ ctx, input }) => findConsentDue(ctx.app, ctx.actor, input.locale)),
  agree: signedInProcedure.input(agreeInput).mutation(({ ctx, input }) => agreeToConsent(ctx.app, ctx.actor, ctx.request.ip, input)),
  privacyPolicy: anonymousProcedure
    .input(z.strictObject({ locale: localeSchema }))
    .output(privacyPolicyDto)
    .query(({ ctx, input }) => getPrivacyPolicy(ctx.app, input.locale)),
  askToErase: signedInProcedure
    .input(askToEraseInput)
    .output(eraseFlowDto)
    .mutation(({ ctx, input }) => askToErase(ctx.app, ctx.actor, ctx.request, input)),
  close: signedInProcedure
    .input(closeAccountInput)
    .output(closeAccountResult)
    .mutation(async ({ ctx, input }) => {
      const result = await closeAccount(ctx.app, ctx.actor, ctx.request, input);
      if (result.outcome === 'closed') ctx.setCookie(ctx.app.sessions.blankCookie);
      return result;
    }),
  keep: anonymousProcedure
    .input(keepAccountInput)
    .output(keepAccountResult)
    .mutation(async ({ ctx, input }) => {
      const result = await keepAccount(ctx.app, ctx.request, input);
      if (result.outcome === 'signed-in') ctx.setCookie(result.cookie);
      return result;
    }),
});
