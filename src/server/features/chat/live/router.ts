import { changesInput, threadInput } from '#shared/chat.ts';
import { router } from '../../../trpc/procedures.ts';
import { streamProcedure } from '../../../trpc/stream.ts';
import { streamChanges } from './changes.ts';
import { streamSignals } from './signals.ts';

/** The streams of a thread. What they yield is made field by field, by `messageFor` and `toSignalsDto`: a schema at every yield would cost more than the rest. */
export const chatLiveRouter = router({
  changes: streamProcedure.input(changesInput).subscription(({ ctx, input }) => streamChanges(ctx.app, ctx.actor, input, ctx.signal)),
  signals: streamProcedure.input(threadInput).subscription(({ ctx, input }) => streamSignals(ctx.app, ctx.actor, input, ctx.signal)),
});
