/**
 * What sending a message and reading a page of history are compared with: nothing but tRPC and `pg`, and the same statements. It checks no access,
 * renders no text and limits nobody; what it sends back is as large.
 */
import * as z from 'zod';
import { openFloor, serveFloor } from './floor-server.ts';

const { prepared, t, signedIn } = await openFloor();
const access = prepared<{ rev: number }>('chat-thread-access', 3);
const history = prepared<{ body: string; files: unknown[] }>('chat-history', 2);
const accessToSend = prepared<{ actor_name: string }>('chat-thread-to-send', 4);
const send = prepared<{ seq: number; rev: number }>('chat-send', 10);

const page = 50;

serveFloor(
  t.router({
    chat: t.router({
      history: signedIn.input(z.object({ threadId: z.string() })).query(async ({ ctx, input }) => {
        const thread = (await access(ctx.personId, input.threadId, false)).rows[0];
        const { rows } = await history(input.threadId, 2_147_483_647);
        const messages = rows.slice(0, page).map((row) => ({ ...row, html: `<p>${row.body}</p>` }));
        return { messages: messages.reverse(), more: rows.length > page, rev: thread?.rev };
      }),
      send: signedIn
        .input(z.object({ threadId: z.string(), clientId: z.string(), body: z.string() }))
        .mutation(async ({ ctx, input: { threadId, clientId, body } }) => {
          const thread = (await accessToSend(ctx.personId, threadId, false, clientId)).rows[0];
          const at = new Date();
          const written = (await send(threadId, ctx.personId, false, clientId, body, at, null, '[]', 60_000, false)).rows[0];
          const author = { id: ctx.personId, name: thread?.actor_name, teacher: false };
          const { seq, rev } = written ?? {};
          return {
            threadId,
            seq,
            rev,
            kind: 'text',
            author,
            clientId,
            html: `<p>${body}</p>`,
            body,
            files: [],
            at,
            editedAt: null,
            deleted: null,
          };
        }),
    }),
  }),
);
