import {
  courseImported,
  courseInspection,
  importCourseInput,
  importQuestionsInput,
  inspectCourseInput,
  inspectQuestionsInput,
  questionsImported,
  questionsInspection,
  transferCourseDto,
  transferCourseInput,
} from '#shared/transfer.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { getTransferCourse } from './queries.ts';
import { importQuestions, inspectQuestions } from './questions/actions.ts';
import { importUploadedCourse, inspectCourse } from './uploads/actions.ts';

export const transferRouter = router({
  course: moderatorProcedure
    .input(transferCourseInput)
    .output(transferCourseDto)
    .query(({ ctx, input }) => getTransferCourse(ctx.app, input.course)),
  inspectCourse: moderatorProcedure
    .input(inspectCourseInput)
    .output(courseInspection)
    .mutation(({ ctx, input }) => inspectCourse(ctx.app, ctx.actor, input)),
  importCourse: moderatorProcedure
    .input(importCourseInput)
    .output(courseImported)
    .mutation(({ ctx, input }) => importUploadedCourse(ctx.app, ctx.actor, input)),
  inspectQuestions: moderatorProcedure
    .input(inspectQuestionsInput)
    .output(questionsInspection)
    .mutation(({ ctx, input }) => inspectQuestions(ctx.app, ctx.actor, input)),
  importQuestions: moderatorProcedure
    .input(importQuestionsInput)
    .output(questionsImported)
    .mutation(({ ctx, input }) => importQuestions(ctx.app, ctx.actor, input)),
});
