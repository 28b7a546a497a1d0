import * as z from 'zod';
import { closeRoomInput, createRoomInput, renameRoomInput, roomDto } from '#shared/inbox.ts';
import { moderatorProcedure, router } from '../../../trpc/procedures.ts';
import { closeRoom, createRoom, renameRoom } from './actions.ts';
import { listRooms } from './queries.ts';

export const roomsRouter = router({
  list: moderatorProcedure.output(z.array(roomDto)).query(({ ctx }) => listRooms(ctx.app, ctx.actor)),
  create: moderatorProcedure
    .input(createRoomInput)
    .output(roomDto)
    .mutation(({ ctx, input }) => createRoom(ctx.app, ctx.actor, input)),
  rename: moderatorProcedure.input(renameRoomInput).mutation(({ ctx, input }) => renameRoom(ctx.app, ctx.actor, input)),
  close: moderatorProcedure.input(closeRoomInput).mutation(({ ctx, input }) => closeRoom(ctx.app, ctx.actor, input)),
});
