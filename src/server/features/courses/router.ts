import * as z from 'zod';
import { courseDto, courseInput, subjectDto, topicDto, topicInput } from '#shared/courses.ts';
import { atOnce } from '../../trpc/parsers.ts';
import { anonymousProcedure, publicProcedure, router, signedInProcedure } from '../../trpc/procedures.ts';
import { openTopic } from './open-topic.ts';
import { getCourse, listSubjects } from './queries.ts';

export const coursesRouter = router({
  list: anonymousProcedure.output(z.array(subjectDto)).query(({ ctx }) => listSubjects(ctx.app)),
  get: publicProcedure
    .input(courseInput)
    .output(courseDto)
    .query(({ ctx, input }) => getCourse(ctx.app, ctx.viewer, input.course)),
  topic: signedInProcedure
    .input(atOnce(topicInput))
    .output(atOnce(topicDto))
    .query(({ ctx, input }) => openTopic(ctx.app, ctx.actor, input)),
});
