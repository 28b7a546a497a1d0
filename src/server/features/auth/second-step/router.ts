import {
  beginSecondStepResult,
  ownPasswordInput,
  renewRecoveryCodesResult,
  secondStepDto,
  turnOffSecondStepResult,
  turnOnSecondStepInput,
  turnOnSecondStepResult,
} from '#shared/second-step.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { beginSecondStep, renewRecoveryCodes, turnOffSecondStep, turnOnSecondStep } from './actions.ts';
import { getSecondStep } from './queries.ts';

export const secondStepRouter = router({
  mine: moderatorProcedure.output(secondStepDto).query(({ ctx }) => getSecondStep(ctx.app, ctx.actor)),
  begin: moderatorProcedure
    .input(ownPasswordInput)
    .output(beginSecondStepResult)
    .mutation(({ ctx, input }) => beginSecondStep(ctx.app, ctx.actor, input)),
  turnOn: moderatorProcedure
    .input(turnOnSecondStepInput)
    .output(turnOnSecondStepResult)
    .mutation(({ ctx, input }) => turnOnSecondStep(ctx.app, ctx.actor, ctx.live.id, input)),
  renewCodes: moderatorProcedure
    .input(ownPasswordInput)
    .output(renewRecoveryCodesResult)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx.app, ctx.actor, input)),
  turnOff: moderatorProcedure
    .input(ownPasswordInput)
    .output(turnOffSecondStepResult)
    .mutation(({ ctx, input }) => turnOffSecondStep(ctx.app, ctx.actor, ctx.live.id, input)),
});
