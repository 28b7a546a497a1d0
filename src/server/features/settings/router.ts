import { operatorDto, operatorInput } from '#shared/personal-data.ts';
import { siteDto } from '#shared/settings.ts';
import { anonymousProcedure, moderatorProcedure, router } from '../../trpc/procedures.ts';
import { consentVersion } from '../people/consent.ts';
import { setOperator } from './operator/actions.ts';
import { getOperator } from './operator/queries.ts';

export const settingsRouter = router({
  site: anonymousProcedure.output(siteDto).query(({ ctx }) => ({
    timeZone: ctx.app.config.schoolTimeZone,
    sourceUrl: ctx.app.config.sourceUrl,
    consentVersion,
    mailPage: ctx.app.config.mail.kind === 'folder' && ctx.request.local ? '/dev/mail' : null,
    offline: ctx.app.config.offline,
  })),
  operator: moderatorProcedure.output(operatorDto).query(({ ctx }) => getOperator(ctx.app)),
  setOperator: moderatorProcedure.input(operatorInput).mutation(({ ctx, input }) => setOperator(ctx.app, ctx.actor, input)),
});
