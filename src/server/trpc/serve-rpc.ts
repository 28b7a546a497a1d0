import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type AnyRouter, TRPCError } from '@trpc/server';
import { type HTTPBaseHandlerOptions, resolveResponse } from '@trpc/server/http';
import type { Request as HttpRequest, Response as HttpResponse, RequestHandler } from 'express';

type Shared = 'router' | 'maxBatchSize' | 'onError' | 'responseMeta';
type Options<TRouter extends AnyRouter> = Pick<HTTPBaseHandlerOptions<TRouter, Request>, Shared> & {
  /** Bytes, by the path of the procedures. */
  maxBodySize(path: string): number;
  createContext(req: HttpRequest, res: HttpResponse): TRouter['_def']['_config']['$types']['ctx'];
};

/**
 * tRPC's procedures under Express. Its own adapter makes a stream of every answer and pumps it into the socket in chunks of unknown length, through
 * the compressor even where there is nothing to compress. Our answers are whole texts, so they go out in one piece and with their length: a
 * request costs a third less (`npm run bench -- --only rpc`). To be mounted before the compressor.
 */
export function serveRpc<TRouter extends AnyRouter>({ createContext, maxBodySize, ...options }: Options<TRouter>): RequestHandler {
  return async (req, res) => {
    // The one method that `Request` does not take.
    if (req.method === 'TRACE') {
      res.status(405).end();
      return;
    }
    const body = req.method === 'POST' ? await readBody(req, maxBodySize(req.path)) : undefined;
    if (body === 'gone') return;
    const tooLarge = body === 'too-large';
    const path = canBeDecoded(req.path) ? req.path.slice(1) : null;
    const response = await resolveResponse({
      ...options,
      req: toRequest(req, tooLarge ? undefined : body?.text),
      path: path ?? '',
      error: tooLarge ? new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }) : path === null ? new TRPCError({ code: 'BAD_REQUEST' }) : null,
      createContext: async () => createContext(req, res),
    });
    // The rest of it is of no use to anybody, so the connection ends with the answer.
    if (tooLarge) res.set('Connection', 'close');
    for (const [name, value] of response.headers) res.setHeader(name, value);
    await send(req, res.status(response.status), Buffer.from(await response.arrayBuffer()));
  };
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
