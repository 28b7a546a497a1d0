import * as z from 'zod';
import {
  copyInput,
  courseListDto,
  createCourseInput,
  itemInput,
  movedDto,
  moveInput,
  newYearInput,
  programmeDto,
  programmeInput,
  updateCourseInput,
} from '#shared/curriculum.ts';
import { moderatorProcedure } from '../../../../trpc/procedures.ts';
import {
  createCourse,
  deleteCourse,
  duplicateCourse,
  moveCourse,
  publishCourse,
  restoreCourse,
  startNewYear,
  unpublishCourse,
  updateCourse,
} from './actions.ts';
import { getProgramme, listCourses } from './queries.ts';

const made = z.object({ slug: z.string() });
const ofCourse = moderatorProcedure.input(itemInput).output(z.void());

export const courseProcedures = {
  list: moderatorProcedure.output(courseListDto).query(({ ctx }) => listCourses(ctx.app, ctx.actor)),
  programme: moderatorProcedure
    .input(programmeInput)
    .output(programmeDto)
    .query(({ ctx, input }) => getProgramme(ctx.app, ctx.actor, input)),
  createCourse: moderatorProcedure
    .input(createCourseInput)
    .output(made)
    .mutation(({ ctx, input }) => createCourse(ctx.app, ctx.actor, input)),
  updateCourse: moderatorProcedure
    .input(updateCourseInput)
    .output(z.void())
    .mutation(({ ctx, input }) => updateCourse(ctx.app, ctx.actor, input)),
  publishCourse: ofCourse.mutation(({ ctx, input }) => publishCourse(ctx.app, ctx.actor, input)),
  unpublishCourse: ofCourse.mutation(({ ctx, input }) => unpublishCourse(ctx.app, ctx.actor, input)),
  deleteCourse: ofCourse.mutation(({ ctx, input }) => deleteCourse(ctx.app, ctx.actor, input)),
  restoreCourse: ofCourse.mutation(({ ctx, input }) => restoreCourse(ctx.app, ctx.actor, input)),
  moveCourse: moderatorProcedure
    .input(moveInput)
    .output(movedDto)
    .mutation(({ ctx, input }) => moveCourse(ctx.app, ctx.actor, input)),
  duplicateCourse: moderatorProcedure
    .input(copyInput)
    .output(made)
    .mutation(({ ctx, input }) => duplicateCourse(ctx.app, ctx.actor, input)),
  startNewYear: moderatorProcedure
    .input(newYearInput)
    .output(made)
    .mutation(({ ctx, input }) => startNewYear(ctx.app, ctx.actor, input)),
};
