/** Scripts and styles of a build, packed once when it is made: better than on the way out, and at no cost for who asks. */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import express, { type Request, type RequestHandler, type Response } from 'express';

const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' } as const;
const packable = /\.(js|css|svg)$/;
const packed = /\.(js|css|svg)\.(br|gz)$/;
/** What is smaller fits into one packet either way. */
const packFrom = 1024;

/** Best first. */
const encodings = ['br', 'gzip'] as const;
const endings = { br: '.br', gzip: '.gz' } as const;

/** Writes each file a second and a third time, packed. */
export async function packFiles(directory: string): Promise<void> {
  const packers = {
    // One below the best, which takes three times as long for the last two hundredths.
    br: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
  };
  const jobs: Promise<void>[] = [];
  for await (const name of glob('assets/*', { cwd: directory })) {
    if (!packable.test(name)) continue;
    const bytes = await readFile(join(directory, name));
    if (bytes.length < packFrom) continue;
    for (const encoding of encodings)
      jobs.push(packers[encoding](bytes).then((small) => writeFile(join(directory, name + endings[encoding]), small)));
  }
  await Promise.all(jobs);
}

/** The hashed files of a build, packed as the browser takes them; where there is no packed one, as they are. */
export function serveBuiltFiles(directory: string): RequestHandler {
  const files = express.static(directory, { immutable: true, maxAge: '365d', index: false, redirect: false, setHeaders: nameContent });
  return (req, res, next) => {
    const plain = () => {
      files(req, res, (error?: unknown) => {
        // Of a build that is gone: a page would be no script, and must not be kept as one.
        if (error) next(error);
        else res.status(404).type('text/plain').end('404');
      });
    };
    if (!packable.test(req.path)) return plain();
    res.vary('Accept-Encoding');
    const encoding = acceptable(req);
    if (!encoding) return plain();
    const { url } = req;
    req.url = req.path + endings[encoding];
    files(req, res, (error?: unknown) => {
      req.url = url;
      if (error) next(error);
      else plain();
    });
  };
}

function acceptable(req: Request): 'br' | 'gzip' | null {
  const found = req.acceptsEncodings(...encodings);
  return found === 'br' || found === 'gzip' ? found : null;
}

function nameContent(res: Response, path: string): void {
  const [, kind, ending] = packed.exec(path) ?? [];
  if (kind === undefined) return;
  res.setHeader('Content-Encoding', ending === 'br' ? 'br' : 'gzip');
  res.setHeader('Content-Type', types[kind as keyof typeof types]);
}
