import * as z from 'zod';
import {
  blockStudentInput,
  findStudentsInput,
  grantCourseInput,
  revokeCourseInput,
  revokedDto,
  studentAnswersDto,
  studentAnswersInput,
  studentCourseChoiceDto,
  studentCourseDto,
  studentDto,
  studentHitDto,
  studentInput,
  studentListDto,
  studentListInput,
  studentTopicInput,
  studentWorkDto,
  updateStudentInput,
} from '#shared/students.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { blockStudent, closeTopicAgain, grantCourse, openTopicEarly, revokeCourse, unblockStudent, updateStudent } from './actions.ts';
import { listStudents, pickStudents } from './list/queries.ts';
import { getStudent, listCourseChoices, listStudentAnswers, listStudentCourses, listStudentWorks } from './profile/queries.ts';

export const studentsRouter = router({
  list: moderatorProcedure
    .input(studentListInput)
    .output(studentListDto)
    .query(({ ctx, input }) => listStudents(ctx.app, ctx.actor, input)),
  find: moderatorProcedure
    .input(findStudentsInput)
    .output(z.array(studentHitDto))
    .query(({ ctx, input }) => pickStudents(ctx.app, ctx.actor, input)),
  courseChoices: moderatorProcedure.output(z.array(studentCourseChoiceDto)).query(({ ctx }) => listCourseChoices(ctx.app, ctx.actor)),
  get: moderatorProcedure
    .input(studentInput)
    .output(studentDto)
    .query(({ ctx, input }) => getStudent(ctx.app, ctx.actor, input.personId)),
  courses: moderatorProcedure
    .input(studentInput)
    .output(z.array(studentCourseDto))
    .query(({ ctx, input }) => listStudentCourses(ctx.app, ctx.actor, input.personId)),
  answers: moderatorProcedure
    .input(studentAnswersInput)
    .output(studentAnswersDto)
    .query(({ ctx, input }) => listStudentAnswers(ctx.app, ctx.actor, input)),
  works: moderatorProcedure
    .input(studentInput)
    .output(z.array(studentWorkDto))
    .query(({ ctx, input }) => listStudentWorks(ctx.app, ctx.actor, input.personId)),
  update: moderatorProcedure.input(updateStudentInput).mutation(({ ctx, input }) => updateStudent(ctx.app, ctx.actor, input)),
  block: moderatorProcedure.input(blockStudentInput).mutation(({ ctx, input }) => blockStudent(ctx.app, ctx.actor, input)),
  unblock: moderatorProcedure.input(studentInput).mutation(({ ctx, input }) => unblockStudent(ctx.app, ctx.actor, input)),
  grantCourse: moderatorProcedure.input(grantCourseInput).mutation(({ ctx, input }) => grantCourse(ctx.app, ctx.actor, input)),
  revokeCourse: moderatorProcedure
    .input(revokeCourseInput)
    .output(revokedDto)
    .mutation(({ ctx, input }) => revokeCourse(ctx.app, ctx.actor, input)),
  openTopic: moderatorProcedure.input(studentTopicInput).mutation(({ ctx, input }) => openTopicEarly(ctx.app, ctx.actor, input)),
  closeTopic: moderatorProcedure.input(studentTopicInput).mutation(({ ctx, input }) => closeTopicAgain(ctx.app, ctx.actor, input)),
});
