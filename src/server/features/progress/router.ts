import { homeDto, progressDto } from '#shared/progress.ts';
import { studentInput } from '#shared/students.ts';
import { moderatorProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { accessStudent } from '../people/students/access.ts';
import { getHome, getProgress } from './queries.ts';

export const progressRouter = router({
  mine: signedInProcedure.output(progressDto).query(({ ctx }) => getProgress(ctx.app, ctx.actor)),
  /** What the student sees of themselves, for a moderator. */
  ofStudent: moderatorProcedure
    .input(studentInput)
    .output(progressDto)
    .query(async ({ ctx, input }) => getProgress(ctx.app, (await accessStudent(ctx.app, ctx.actor, input.personId)).self)),
  home: signedInProcedure.output(homeDto).query(({ ctx }) => getHome(ctx.app, ctx.actor)),
});
