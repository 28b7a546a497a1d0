import * as z from 'zod';
import {
  createSubjectInput,
  deletedSubjectDto,
  itemInput,
  officeSubjectDto,
  schoolFactsDto,
  updateSubjectInput,
} from '#shared/curriculum.ts';
import { moderatorProcedure } from '../../../../trpc/procedures.ts';
import { createSubject, deleteSubject, restoreSubject, updateSubject } from './actions.ts';
import { getSchoolFacts, listOfficeSubjects } from './queries.ts';

export const subjectProcedures = {
  subjects: moderatorProcedure.output(z.array(officeSubjectDto)).query(({ ctx }) => listOfficeSubjects(ctx.app, ctx.actor)),
  schoolFacts: moderatorProcedure.output(schoolFactsDto).query(({ ctx }) => getSchoolFacts(ctx.app, ctx.actor)),
  createSubject: moderatorProcedure
    .input(createSubjectInput)
    .output(z.void())
    .mutation(({ ctx, input }) => createSubject(ctx.app, ctx.actor, input)),
  updateSubject: moderatorProcedure
    .input(updateSubjectInput)
    .output(z.void())
    .mutation(({ ctx, input }) => updateSubject(ctx.app, ctx.actor, input)),
  deleteSubject: moderatorProcedure
    .input(itemInput)
    .output(deletedSubjectDto)
    .mutation(({ ctx, input }) => deleteSubject(ctx.app, ctx.actor, input)),
  restoreSubject: moderatorProcedure
    .input(deletedSubjectDto)
    .output(z.void())
    .mutation(({ ctx, input }) => restoreSubject(ctx.app, ctx.actor, input)),
};
