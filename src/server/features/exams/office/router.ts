import * as z from 'zod';
import { movedDto } from '#shared/curriculum.ts';
import { attemptInput, copyExamInput, createExamInput, examExtraInput, examIdInput, moveExamInput } from '#shared/exams.ts';
import {
  candidatesDto,
  candidatesInput,
  examExtraDto,
  examResultsDto,
  examResultsInput,
  numberPickDto,
  officeAttemptDto,
  officeExamDto,
  officeExamsDto,
  officeExamsInput,
  pickByNumbersInput,
  setExamTasksResult,
  setOfficeExamTasksInput,
  studentAttemptDto,
  updateExamResult,
  updateOfficeExamInput,
} from '#shared/exams-office.ts';
import { studentInput } from '#shared/students.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { copyExam, createExam, deleteExam, moveExam, publishExam, restoreExam, unpublishExam, updateExam } from './exams/actions.ts';
import { getOfficeExam, listOfficeExams } from './exams/queries.ts';
import { finishForStudent, openAttemptOfStudent, setExtra } from './results/actions.ts';
import { listAttemptsOfStudent, listExamResults, listExtras } from './results/queries.ts';
import { setExamTasks } from './tasks/actions.ts';
import { listCandidates, pickByNumbers } from './tasks/queries.ts';

const ofExam = moderatorProcedure.input(examIdInput).output(z.void());

/** Exams, their tasks and results, for moderators. */
export const examsOfficeRouter = router({
  list: moderatorProcedure
    .input(officeExamsInput)
    .output(officeExamsDto)
    .query(({ ctx, input }) => listOfficeExams(ctx.app, ctx.actor, input)),
  get: moderatorProcedure
    .input(examIdInput)
    .output(officeExamDto)
    .query(({ ctx, input }) => getOfficeExam(ctx.app, ctx.actor, input)),
  create: moderatorProcedure
    .input(createExamInput)
    .output(z.void())
    .mutation(({ ctx, input }) => createExam(ctx.app, ctx.actor, input)),
  update: moderatorProcedure
    .input(updateOfficeExamInput)
    .output(updateExamResult)
    .mutation(({ ctx, input }) => updateExam(ctx.app, ctx.actor, input)),
  publish: ofExam.mutation(({ ctx, input }) => publishExam(ctx.app, ctx.actor, input)),
  unpublish: ofExam.mutation(({ ctx, input }) => unpublishExam(ctx.app, ctx.actor, input)),
  delete: ofExam.mutation(({ ctx, input }) => deleteExam(ctx.app, ctx.actor, input)),
  restore: ofExam.mutation(({ ctx, input }) => restoreExam(ctx.app, ctx.actor, input)),
  copy: moderatorProcedure
    .input(copyExamInput)
    .output(z.void())
    .mutation(({ ctx, input }) => copyExam(ctx.app, ctx.actor, input)),
  move: moderatorProcedure
    .input(moveExamInput)
    .output(movedDto)
    .mutation(({ ctx, input }) => moveExam(ctx.app, ctx.actor, input)),
  setTasks: moderatorProcedure
    .input(setOfficeExamTasksInput)
    .output(setExamTasksResult)
    .mutation(({ ctx, input }) => setExamTasks(ctx.app, ctx.actor, input)),
  candidates: moderatorProcedure
    .input(candidatesInput)
    .output(candidatesDto)
    .query(({ ctx, input }) => listCandidates(ctx.app, ctx.actor, input)),
  /** Another draw at every call: nothing that a cache should keep. */
  pickByNumbers: moderatorProcedure
    .input(pickByNumbersInput)
    .output(z.array(numberPickDto))
    .mutation(({ ctx, input }) => pickByNumbers(ctx.app, ctx.actor, input)),
  results: moderatorProcedure
    .input(examResultsInput)
    .output(examResultsDto)
    .query(({ ctx, input }) => listExamResults(ctx.app, ctx.actor, input)),
  extras: moderatorProcedure
    .input(examIdInput)
    .output(z.array(examExtraDto))
    .query(({ ctx, input }) => listExtras(ctx.app, ctx.actor, input)),
  setExtra: moderatorProcedure
    .input(examExtraInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setExtra(ctx.app, ctx.actor, input)),
  finishAttempt: moderatorProcedure
    .input(attemptInput)
    .output(z.void())
    .mutation(({ ctx, input }) => finishForStudent(ctx.app, ctx.actor, input)),
  attempt: moderatorProcedure
    .input(attemptInput)
    .output(officeAttemptDto)
    .query(({ ctx, input }) => openAttemptOfStudent(ctx.app, ctx.actor, input)),
  ofStudent: moderatorProcedure
    .input(studentInput)
    .output(z.array(studentAttemptDto))
    .query(({ ctx, input }) => listAttemptsOfStudent(ctx.app, ctx.actor, input)),
});
