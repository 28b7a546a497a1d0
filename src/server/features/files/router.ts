import * as z from 'zod';
import {
  addToTopicInput,
  filesPageDto,
  listFilesInput,
  officeFileDto,
  removeFileInput,
  renameFileInput,
  restoreFileInput,
  setListedInput,
  topicFilesInput,
  uploadDto,
  uploadInput,
} from '#shared/files.ts';
import { moderatorProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { addToTopic, removeFile, renameFile, restoreFile, setListed } from './office/actions.ts';
import { listFiles, listTopicFiles } from './office/queries.ts';
import { getUpload } from './uploads/queries.ts';

export const filesRouter = router({
  upload: signedInProcedure
    .input(uploadInput)
    .output(uploadDto)
    .query(({ ctx, input }) => getUpload(ctx.app, ctx.actor, input.id)),
  ofTopic: moderatorProcedure
    .input(topicFilesInput)
    .output(z.array(officeFileDto))
    .query(({ ctx, input }) => listTopicFiles(ctx.app, ctx.actor, input.topicId)),
  list: moderatorProcedure
    .input(listFilesInput)
    .output(filesPageDto)
    .query(({ ctx, input }) => listFiles(ctx.app, ctx.actor, input)),
  addToTopic: moderatorProcedure
    .input(addToTopicInput)
    .output(officeFileDto)
    .mutation(({ ctx, input }) => addToTopic(ctx.app, ctx.actor, input)),
  rename: moderatorProcedure.input(renameFileInput).mutation(({ ctx, input }) => renameFile(ctx.app, ctx.actor, input)),
  setListed: moderatorProcedure.input(setListedInput).mutation(({ ctx, input }) => setListed(ctx.app, ctx.actor, input)),
  remove: moderatorProcedure.input(removeFileInput).mutation(({ ctx, input }) => removeFile(ctx.app, ctx.actor, input.fileId)),
  restore: moderatorProcedure
    .input(restoreFileInput)
    .output(officeFileDto)
    .mutation(({ ctx, input }) => restoreFile(ctx.app, ctx.actor, input.fileId)),
});
