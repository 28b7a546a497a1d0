import {
  attemptDto,
  attemptInput,
  courseExamsDto,
  courseExamsInput,
  examDto,
  examInput,
  runningExamDto,
  startInput,
  syncInput,
  syncResult,
} from '#shared/exams.ts';
import { atOnce } from '../../trpc/parsers.ts';
import { router, signedInProcedure } from '../../trpc/procedures.ts';
import { listCourseExams, openExam } from './actions.ts';
import { finishMyAttempt, openAttempt, startAttempt } from './attempts/actions.ts';
import { examsLongRouter } from './long/router.ts';
import { examsOfficeRouter } from './office/router.ts';
import { findRunning } from './queries.ts';
import { scalesRouter } from './scales/router.ts';
import { syncAttempt } from './sync/actions.ts';

export const examsRouter = router({
  office: examsOfficeRouter,
  scales: scalesRouter,
  long: examsLongRouter,
  ofCourse: signedInProcedure
    .input(courseExamsInput)
    .output(courseExamsDto)
    .query(({ ctx, input }) => listCourseExams(ctx.app, ctx.actor, input)),
  get: signedInProcedure
    .input(examInput)
    .output(examDto)
    .query(({ ctx, input }) => openExam(ctx.app, ctx.actor, input)),
  running: signedInProcedure.output(runningExamDto).query(({ ctx }) => findRunning(ctx.app, ctx.actor)),
  /** Begins, or goes on where the same exam is running already: the answer says under which id. */
  start: signedInProcedure
    .input(startInput)
    .output(attemptDto)
    .mutation(({ ctx, input }) => startAttempt(ctx.app, ctx.actor, input)),
  attempt: signedInProcedure
    .input(attemptInput)
    .output(attemptDto)
    .query(({ ctx, input }) => openAttempt(ctx.app, ctx.actor, input)),
  sync: signedInProcedure
    .input(atOnce(syncInput))
    .output(atOnce(syncResult))
    .mutation(({ ctx, input }) => syncAttempt(ctx.app, ctx.actor, input)),
  finish: signedInProcedure
    .input(attemptInput)
    .output(attemptDto)
    .mutation(({ ctx, input }) => finishMyAttempt(ctx.app, ctx.actor, input)),
});
