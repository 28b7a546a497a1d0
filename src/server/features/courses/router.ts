import * as z from 'zod';
import { courseDto, courseInput, saveVideoPositionInput, subjectDto, topicDto, topicInput } from '#shared/courses.ts';
import { atOnce } from '../../trpc/parsers.ts';
import { anonymousProcedure, publicProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { mediaRouter } from './media/router.ts';
import { officeRouter } from './office/router.ts';
import { openTopic } from './open-topic.ts';
import { getCourse, listSubjects } from './queries.ts';
import { saveVideoPosition } from './videos/actions.ts';

export const coursesRouter = router({
  office: officeRouter,
  list: anonymousProcedure.output(z.array(subjectDto)).query(({ ctx }) => listSubjects(ctx.app)),
  get: publicProcedure
    .input(courseInput)
    .output(courseDto)
    .query(({ ctx, input }) => getCourse(ctx.app, ctx.viewer, input.course)),
  topic: signedInProcedure
    .input(atOnce(topicInput))
    .output(atOnce(topicDto))
    .query(({ ctx, input }) => openTopic(ctx.app, ctx.actor, input)),
  saveVideoPosition: signedInProcedure
    .input(saveVideoPositionInput)
    .mutation(({ ctx, input }) => saveVideoPosition(ctx.app, ctx.actor, input)),
  media: mediaRouter,
});
