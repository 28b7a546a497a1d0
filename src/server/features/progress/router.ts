import { homeDto, progressDto } from '#shared/progress.ts';
import { statisticsDto, statisticsInput, statisticsOfInput } from '#shared/statistics.ts';
import { studentInput } from '#shared/students.ts';
import { moderatorProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { accessStudent } from '../people/students/access.ts';
import { groupRouter } from './group/router.ts';
import { mistakesRouter } from './mistakes/router.ts';
import { getHome, getProgress } from './queries.ts';
import { getStatistics } from './statistics/queries.ts';

export const progressRouter = router({
  group: groupRouter,
  mistakes: mistakesRouter,
  mine: signedInProcedure.output(progressDto).query(({ ctx }) => getProgress(ctx.app, ctx.actor)),
  /** What the student sees of themselves, for a moderator. */
  ofStudent: moderatorProcedure
    .input(studentInput)
    .output(progressDto)
    .query(async ({ ctx, input }) => getProgress(ctx.app, (await accessStudent(ctx.app, ctx.actor, input.personId)).self)),
  statistics: signedInProcedure
    .input(statisticsInput)
    .output(statisticsDto)
    .query(({ ctx, input }) => getStatistics(ctx.app, ctx.actor, input)),
  statisticsOf: moderatorProcedure
    .input(statisticsOfInput)
    .output(statisticsDto)
    .query(async ({ ctx, input }) => getStatistics(ctx.app, (await accessStudent(ctx.app, ctx.actor, input.personId)).self, input)),
  home: signedInProcedure.output(homeDto).query(({ ctx }) => getHome(ctx.app, ctx.actor)),
});
