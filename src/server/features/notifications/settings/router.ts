import { setModeInput, setQuietInput, settingsDto } from '#shared/notifications.ts';
import { signedInProcedure } from '../../../trpc/procedures.ts';
import { setMode, setQuiet } from './actions.ts';
import { getSettings } from './queries.ts';

/** Stands among the procedures of `notifications`. */
export const settingsProcedures = {
  settings: signedInProcedure.output(settingsDto).query(({ ctx }) => getSettings(ctx.app, ctx.actor)),
  setMode: signedInProcedure.input(setModeInput).mutation(({ ctx, input }) => setMode(ctx.app, ctx.actor, input)),
  setQuiet: signedInProcedure.input(setQuietInput).mutation(({ ctx, input }) => setQuiet(ctx.app, ctx.actor, input)),
};
