import * as z from 'zod';
import { localeSchema, meDto } from '#shared/auth.ts';
import { consentTextDto, updateMeInput } from '#shared/people.ts';
import { anonymousProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { updateMe } from './actions.ts';
import { getConsentText } from './consent.ts';
import { moderatorRouter } from './moderator/router.ts';
import { personalDataRouter } from './personal-data/router.ts';
import { studentsRouter } from './students/router.ts';

export const peopleRouter = router({
  moderator: moderatorRouter,
  personalData: personalDataRouter,
  students: studentsRouter,
  updateMe: signedInProcedure
    .input(updateMeInput)
    .output(meDto)
    .mutation(({ ctx, input }) => updateMe(ctx.app, ctx.actor, input)),
  consentText: anonymousProcedure
    .input(z.strictObject({ locale: localeSchema }))
    .output(consentTextDto)
    .query(({ ctx, input }) => getConsentText(ctx.app, input.locale)),
});
