import {
  addExamFileInput,
  examFilesDto,
  examFilesInput,
  examWorkDto,
  examWorkInput,
  removeExamFileInput,
  removeExamFileResult,
} from '#shared/exam-works.ts';
import { router, signedInProcedure } from '../../../trpc/procedures.ts';
import { addExamFile, removeExamFile } from './actions.ts';
import { getExamFiles, getExamWork } from './queries.ts';

export const examsLongRouter = router({
  files: signedInProcedure
    .input(examFilesInput)
    .output(examFilesDto)
    .query(({ ctx, input }) => getExamFiles(ctx.app, ctx.actor, input)),
  addFile: signedInProcedure
    .input(addExamFileInput)
    .output(examFilesDto)
    .mutation(({ ctx, input }) => addExamFile(ctx.app, ctx.actor, input)),
  removeFile: signedInProcedure
    .input(removeExamFileInput)
    .output(removeExamFileResult)
    .mutation(({ ctx, input }) => removeExamFile(ctx.app, ctx.actor, input)),
  work: signedInProcedure
    .input(examWorkInput)
    .output(examWorkDto)
    .query(({ ctx, input }) => getExamWork(ctx.app, ctx.actor, input)),
});
