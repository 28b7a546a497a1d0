import { mineHint } from '#shared/live.ts';
import { router } from '../../trpc/procedures.ts';
import { streamOf, streamProcedure } from '../../trpc/stream.ts';
import { followMine } from './queries.ts';

/** The stream of small hints that every tab follows. */
export const mineRouter = router({
  mine: streamProcedure.output(streamOf(mineHint)).subscription(({ ctx }) => followMine(ctx.app, ctx.actor, ctx.signal)),
});
