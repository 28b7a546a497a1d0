import { randomUUID } from 'node:crypto';
import { setImmediate as immediately } from 'node:timers/promises';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, isTrackedEnvelope, TRPCError } from '@trpc/server';
import type { RawData, WebSocket } from 'ws';
import * as z from 'zod';
import { AppError, type ErrorCode, transportCodes } from '#shared/errors.ts';
import { liveClose, liveLimits } from '#shared/live-rules.ts';
import type { App } from '../../platform/app.ts';
import type { LiveSession } from '../../platform/sessions.ts';
import type { Context, RequestInfo } from '../context.ts';
import { foreseen, type t } from '../init.ts';

/** What tRPC's client says over a socket. */
const callId = z.union([z.int(), z.string().max(64)]);
const stopMessage = z.object({ id: callId, method: z.literal('subscription.stop') });
const callMessage = z.object({
  id: callId,
  method: z.enum(['subscription', 'query', 'mutation']),
  // Errors tell the path again, so it is no longer than a path.
  params: z.object({ path: z.string().max(100), input: z.unknown().optional(), lastEventId: z.string().max(64).nullish() }),
});
const clientMessage = z.union([stopMessage, callMessage]);
const clientMessages = z.union([clientMessage.transform((one) => [one]), z.array(clientMessage)]);
type Call = z.infer<typeof callMessage>;
type CallId = Call['id'];

export type LiveRoutes = ReturnType<typeof t.router>;

export interface SocketParts {
  app: App;
  router: LiveRoutes;
  session: LiveSession;
  request: RequestInfo;
  /** Nothing goes out while it is unknown who may still hear it. */
  trusted(): Promise<void> | null;
}

/** From here on a stream waits until the browser has taken what was sent. */
const softBytes = 128 * 1024;
/** What no waiting has prevented: the socket is cut, comes back and reads anew. */
const hardBytes = 1024 * 1024;
const windowMs = 10_000;
const inOneGo = 32;
/** A browser that does not answer the closing of its socket is gone. */
const closeMs = 2_000;

/** One tab's socket: its subscriptions, their limits and their end. The protocol is that of tRPC's client. */
export class LiveSocket {
  readonly session: LiveSession;
  readonly #ws: WebSocket;
  readonly #parts: SocketParts;
  readonly #streams = new Map<CallId, AbortController>();
  #ended = false;
  #windowFrom = 0;
  #messages = 0;

  constructor(ws: WebSocket, parts: SocketParts) {
    this.#ws = ws;
    this.#parts = parts;
    this.session = parts.session;
    ws.on('message', (data, binary) => this.#hear(data, binary));
    // Answered before anybody is asked, so they cost what messages cost.
    ws.on('ping', () => {
      if (!this.#ended && this.#isFlood(1)) this.end(liveClose.flood);
    });
    ws.on('close', () => this.#endStreams());
  }

  /** Nothing goes out any more from this call on. */
  end(code: number): void {
    this.#endStreams();
    closeSocket(this.#ws, code);
  }

  #endStreams(): void {
    this.#ended = true;
    for (const stream of this.#streams.values()) stream.abort();
  }

  #hear(data: RawData, binary: boolean): void {
    if (this.#ended) return;
    const text = binary ? '' : data.toString();
    const parsed = text === 'PING' || text === 'PONG' ? null : clientMessages.safeParse(parseJson(text));
    if (this.#isFlood(Math.max(1, parsed?.data?.length ?? 1))) {
      this.end(liveClose.flood);
      return;
    }
    if (text === 'PING') this.#send('PONG');
    if (parsed && !parsed.success) this.#fail(null, undefined, new TRPCError({ code: 'PARSE_ERROR' }));
    for (const message of parsed?.data ?? []) {
      if (message.method === 'subscription.stop') this.#streams.get(message.id)?.abort();
      else this.#call(message);
    }
  }

  #isFlood(messages: number): boolean {
    const now = performance.now();
    if (now - this.#windowFrom > windowMs) {
      this.#windowFrom = now;
      this.#messages = 0;
    }
    this.#messages += messages;
    return this.#messages > liveLimits.messages;
  }

  #call(call: Call): void {
    const refusal = this.#refusalOf(call.id);
    if (refusal) {
      this.#fail(call.id, call, refusal);
      return;
    }
    const stop = new AbortController();
    this.#streams.set(call.id, stop);
    void this.#stream(call, stop.signal);
  }

  #refusalOf(id: CallId): TRPCError | null {
    if (this.#streams.has(id)) return new TRPCError({ code: 'BAD_REQUEST' });
    if (this.#streams.size < liveLimits.subscriptions) return null;
    return new TRPCError({ code: transportCodes.LIVE_TOO_MANY, cause: new AppError('LIVE_TOO_MANY') });
  }

  /** One subscription from its beginning to its end. Never throws. */
  async #stream(call: Call, signal: AbortSignal): Promise<void> {
    const { app, request } = this.#parts;
    const requestId = randomUUID().slice(-10);
    const ctx: Context = { app, requestId, request, session: () => this.#liveSession(), setCookie: () => {} };
    try {
      await this.#give(call.id, await this.#open(call, ctx, signal), signal);
    } catch (thrown) {
      const error = errorOf(thrown);
      // Whatever a stream that was stopped throws on its way out is nobody's business.
      if (signal.aborted) this.#answer(call.id, { type: 'stopped' });
      else this.#fail(call.id, call, error, ctx);
    } finally {
      this.#streams.delete(call.id);
    }
  }

  /** Read anew for each stream, which begins by reading the database: the hint of its end may be late. */
  async #liveSession(): Promise<LiveSession | null> {
    const standing = (await this.#parts.app.sessions.standing([this.session.id])).get(this.session.id);
    if (standing === 'live') return this.session;
    this.end(standing === 'blocked' ? liveClose.blocked : liveClose.session);
    return null;
  }

  async #give(id: CallId, items: AsyncIterable<unknown>, signal: AbortSignal): Promise<void> {
    if (!signal.aborted) this.#answer(id, { type: 'started' });
    let given = 0;
    for await (const item of items) {
      for (let checked = this.#parts.trusted(); checked; checked = this.#parts.trusted()) await checked;
      if (signal.aborted) break;
      await this.#send(dataFrame(id, item));
      given += 1;
      // A stream that has all its items at hand would let nobody else have their turn, not even the one who stops it.
      if (given % inOneGo === 0) await immediately();
    }
    this.#answer(id, { type: 'stopped' });
  }

  /** Whatever is no subscription is none of this router's procedures, so it is NOT_FOUND. */
  async #open({ method, params }: Call, ctx: Context, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const { path, lastEventId } = params;
    const input = lastEventId == null ? params.input : { ...(isObject(params.input) ? params.input : {}), lastEventId };
    const result: unknown = await callTRPCProcedure({
      router: this.#parts.router,
      path,
      getRawInput: async () => input,
      ctx,
      type: method,
      signal,
      batchIndex: 0,
    });
    if (isObject(result) && Symbol.asyncIterator in result) return result as unknown as AsyncIterable<unknown>;
    throw new Error(`${path} is no stream`);
  }

  #answer(id: CallId, result: { type: 'started' | 'stopped' }): void {
    this.#send(JSON.stringify({ id, result }));
  }

  #fail(id: CallId | null, call: Call | undefined, error: TRPCError, ctx?: Context): void {
    const config = this.#parts.router._def._config;
    const { path, input } = call?.params ?? {};
    if (error.code === 'INTERNAL_SERVER_ERROR')
      this.#parts.app.log.error({ id: ctx?.requestId, path, err: error.cause ?? error }, 'stream failed');
    this.#send(JSON.stringify({ id, error: getTRPCErrorShape({ config, error, type: call?.method ?? 'unknown', path, input, ctx }) }));
  }

  /** @returns to be waited for before more is sent, where the browser does not keep up */
  #send(text: string): Promise<void> | undefined {
    const ws = this.#ws;
    if (this.#ended) return;
    if (ws.bufferedAmount <= softBytes) {
      ws.send(text);
      return;
    }
    if (ws.bufferedAmount > hardBytes) {
      this.#endStreams();
      ws.terminate();
      return;
    }
    return new Promise((resolve) => ws.send(text, () => resolve()));
  }
}

/** What a stream refuses in its middle is as foreseen as what a procedure refuses at its beginning. */
function errorOf(thrown: unknown): TRPCError {
  const cause = foreseen(thrown instanceof TRPCError ? thrown.cause : thrown);
  return cause ? new TRPCError({ code: transportCodes[cause.code as ErrorCode], cause }) : getTRPCErrorFromUnknown(thrown);
}

/** Says why, and does not wait long for the other side to agree. */
export function closeSocket(ws: WebSocket, code: number): void {
  ws.close(code);
  const timer = setTimeout(() => ws.terminate(), closeMs);
  ws.once('close', () => clearTimeout(timer));
}

/** What a feed gives to all its readers is the same object: it becomes JSON once, however many sockets there are. */
const encoded = new WeakMap<object, string>();

function encode(data: unknown): string {
  if (!isObject(data)) return JSON.stringify(data) ?? 'null';
  const known = encoded.get(data);
  if (known !== undefined) return known;
  const json = JSON.stringify(data);
  encoded.set(data, json);
  return json;
}

function dataFrame(id: CallId, item: unknown): string {
  const call = JSON.stringify(id);
  if (!isTrackedEnvelope(item)) return `{"id":${call},"result":{"type":"data","data":${encode(item)}}}`;
  const event = JSON.stringify(item[0]);
  return `{"id":${call},"result":{"type":"data","id":${event},"data":{"id":${event},"data":${encode(item[1])}}}}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
