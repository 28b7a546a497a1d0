import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type AnyProcedure, type AnyRouter, getErrorShape, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError, resolveResponse } from '@trpc/server/http';
import type { Request as HttpRequest, Response as HttpResponse, RequestHandler } from 'express';

interface Options<TRouter extends AnyRouter> {
  router: TRouter;
  maxBatchSize: number;
  /** Bytes, by the path of the procedures. */
  maxBodySize(path: string): number;
  createContext(req: HttpRequest, res: HttpResponse): TRouter['_def']['_config']['$types']['ctx'];
  /** Of every answer; `errors` are those of its procedures. */
  headers(errors: readonly TRPCError[]): Record<string, string>;
  onError(fault: { error: TRPCError; path: string | undefined; ctx: TRouter['_def']['_config']['$types']['ctx'] | undefined }): void;
}

/**
 * tRPC's procedures under Express. Its own adapter makes a stream of every answer and pumps it into the socket in chunks of unknown length, through
 * the compressor even where there is nothing to compress, and makes a `Request`, a `Response` and a signal for each. Our answers are whole texts, so
 * they go out in one piece and with their length, and what our pages ask is answered without those (`npm run bench -- --only rpc,chat`). Whatever
 * else is asked (a procedure that is not there, no JSON, another method) is refused by tRPC itself. To be mounted before the compressor.
 */
export function serveRpc<TRouter extends AnyRouter>(options: Options<TRouter>): RequestHandler {
  const { router, maxBatchSize, maxBodySize, createContext } = options;
  return async (req, res) => {
    // The one method that `Request` does not take.
    if (req.method === 'TRACE') {
      res.status(405).end();
      return;
    }
    const body = req.method === 'POST' ? await readBody(req, maxBodySize(req.path)) : undefined;
    if (body === 'gone') return;
    const usual = body === 'too-large' ? null : usualCalls(router, maxBatchSize, req, body?.text);
    if (usual) return answerUsual(options, usual, req, res);
    const tooLarge = body === 'too-large';
    const path = canBeDecoded(req.path) ? req.path.slice(1) : null;
    const response = await resolveResponse({
      router,
      maxBatchSize,
      req: toRequest(req, tooLarge ? undefined : body?.text),
      path: path ?? '',
      error: tooLarge ? new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }) : path === null ? new TRPCError({ code: 'BAD_REQUEST' }) : null,
      createContext: async () => createContext(req, res),
      onError: (fault) => options.onError(fault),
      responseMeta: ({ errors }) => ({ headers: new Headers(options.headers(errors)) }),
    });
    // The rest of it is of no use to anybody, so the connection ends with the answer.
    if (tooLarge) res.set('Connection', 'close');
    for (const [name, value] of response.headers) res.setHeader(name, value);
    await send(req, res.status(response.status), Buffer.from(await response.arrayBuffer()));
  };
}

interface UsualCalls {
  type: 'query' | 'mutation';
  isBatch: boolean;
  calls: { path: string; procedure: AnyProcedure; input: unknown }[];
}

/** What our own pages ask: procedures that are there, by the method that is theirs, with JSON. Null: something else. */
function usualCalls(router: AnyRouter, maxBatchSize: number, req: HttpRequest, body: string | undefined): UsualCalls | null {
  const type = req.method === 'GET' ? 'query' : req.method === 'POST' ? 'mutation' : null;
  if (type === null || req.headers['trpc-accept'] !== undefined) return null;
  if (type === 'mutation' && !req.headers['content-type']?.startsWith('application/json')) return null;
  const mark = req.url.indexOf('?');
  const search = new URLSearchParams(mark < 0 ? '' : req.url.slice(mark));
  const isBatch = search.get('batch') === '1';
  const path = req.path.slice(1);
  const paths = isBatch ? path.split(',') : [path];
  if (paths.length > maxBatchSize) return null;
  const inputs = parsed(type === 'query' ? search.get('input') : (body ?? ''));
  if (inputs === notJson || (isBatch && (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)))) return null;
  const procedures: Record<string, AnyProcedure> = router._def.procedures;
  const calls: UsualCalls['calls'] = [];
  for (const [at, name] of paths.entries()) {
    const procedure = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
    if (procedure?._def.type !== type) return null;
    calls.push({ path: name, procedure, input: isBatch ? (inputs as Record<string, unknown>)[at] : inputs });
  }
  return { type, isBatch, calls };
}

const notJson = Symbol('not JSON');

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

/** As tRPC answers them. */
async function answerUsual<TRouter extends AnyRouter>(
  { router, createContext, headers, onError }: Options<TRouter>,
  { type, isBatch, calls }: UsualCalls,
  req: HttpRequest,
  res: HttpResponse,
): Promise<void> {
  const ctx = createContext(req, res);
  const errors: TRPCError[] = [];
  const statuses = new Set<number>();
  const answer = async ({ path, procedure, input }: UsualCalls['calls'][number], batchIndex: number) => {
    try {
      const data: unknown = await procedure({ ctx, path, type, getRawInput: async () => input, signal: undefined, batchIndex });
      statuses.add(200);
      return { result: { data } };
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      onError({ error, path, ctx });
      errors.push(error);
      statuses.add(getHTTPStatusCodeFromError(error));
      return { error: getErrorShape({ config: router._def._config, ctx, error, input, path, type }) };
    }
  };
  const answers = await Promise.all(calls.map(answer));
  const [status = 200] = statuses;
  res.setHeader('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(headers(errors))) res.setHeader(name, value);
  await send(req, res.status(statuses.size > 1 ? 207 : status), Buffer.from(JSON.stringify(isBatch ? answers : answers[0])));
}

function readBody(req: HttpRequest, limit: number): Promise<{ text: string } | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) resolve('too-large');
      else chunks.push(chunk);
    });
    req.on('end', () => resolve({ text: Buffer.concat(chunks).toString() }));
    req.on('error', () => resolve('gone'));
  });
}

function canBeDecoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** With the one header that counts: converting all of them costs as much as a statement, and no answer of ours is a stream that others ask for. */
function toRequest(req: HttpRequest, body: string | undefined): Request {
  const type = req.headers['content-type'];
  return new Request(`http://localhost${req.url}`, {
    method: req.method,
    headers: type === undefined ? [] : [['content-type', type]],
    body,
  });
}

/** A smaller answer fits into one packet either way. */
const compressFrom = 1024;
const packers = {
  // The quality that the compressor of the pages uses: the next ones cost more time than they save bytes.
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify(gzip),
};

async function send(req: HttpRequest, res: HttpResponse, body: Buffer): Promise<void> {
  if (body.length < compressFrom) {
    // An answer to HEAD has no body, and says nothing of one.
    if (body.length > 0) res.setHeader('Content-Length', body.length);
    res.end(body);
    return;
  }
  res.vary('Accept-Encoding');
  const encoding = req.acceptsEncodings('br', 'gzip');
  const packed = encoding === 'br' || encoding === 'gzip' ? await packers[encoding](body) : body;
  if (packed !== body) res.setHeader('Content-Encoding', String(encoding));
  res.setHeader('Content-Length', packed.length).end(packed);
}
