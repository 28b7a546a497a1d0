import * as z from 'zod';
import { copyInput, createTaskInput, itemInput, movedTaskDto, moveTaskInput, publishTaskResult, renameInput } from '#shared/curriculum.ts';
import { moderatorProcedure } from '../../../../trpc/procedures.ts';
import { createTask, deleteTask, duplicateTask, moveTask, publishTask, renameTask, restoreTask, unpublishTask } from './actions.ts';

const ofTask = moderatorProcedure.input(itemInput).output(z.void());

export const taskProcedures = {
  createTask: moderatorProcedure
    .input(createTaskInput)
    .output(z.void())
    .mutation(({ ctx, input }) => createTask(ctx.app, ctx.actor, input)),
  renameTask: moderatorProcedure
    .input(renameInput)
    .output(z.void())
    .mutation(({ ctx, input }) => renameTask(ctx.app, ctx.actor, input)),
  moveTask: moderatorProcedure
    .input(moveTaskInput)
    .output(movedTaskDto)
    .mutation(({ ctx, input }) => moveTask(ctx.app, ctx.actor, input)),
  duplicateTask: moderatorProcedure
    .input(copyInput)
    .output(z.void())
    .mutation(({ ctx, input }) => duplicateTask(ctx.app, ctx.actor, input)),
  publishTask: moderatorProcedure
    .input(itemInput)
    .output(publishTaskResult)
    .mutation(({ ctx, input }) => publishTask(ctx.app, ctx.actor, input)),
  unpublishTask: ofTask.mutation(({ ctx, input }) => unpublishTask(ctx.app, ctx.actor, input)),
  deleteTask: ofTask.mutation(({ ctx, input }) => deleteTask(ctx.app, ctx.actor, input)),
  restoreTask: ofTask.mutation(({ ctx, input }) => restoreTask(ctx.app, ctx.actor, input)),
};
