import { siteDto } from '#shared/settings.ts';
import { anonymousProcedure, router } from '../../trpc/procedures.ts';
import { consentVersion } from '../people/consent.ts';

export const settingsRouter = router({
  site: anonymousProcedure.output(siteDto).query(({ ctx }) => ({
    timeZone: ctx.app.config.schoolTimeZone,
    sourceUrl: ctx.app.config.sourceUrl,
    consentVersion,
    mailPage: ctx.app.config.mail.kind === 'folder' && ctx.request.local ? '/dev/mail' : null,
  })),
});
