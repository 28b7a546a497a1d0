import { Readable } from 'node:stream';
import { ERRORS, Metadata, Server, type ServerOptions } from '@tus/server';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { AppError, transportCodes, type WireError } from '#shared/errors.ts';
import { type UploadDto, uploadMetadata } from '#shared/files.ts';
import { uploadLimits, uploadsPath } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Receiver } from '../../../platform/storage.ts';
import { isDatabaseAway } from '../../../platform/unavailable.ts';
import { accessUpload, type OwnUpload } from './access.ts';
import { abandonUpload, beginUpload, finishUpload } from './actions.ts';
import { uploadLocks } from './locks.ts';
import { uploadRecords } from './queries.ts';

/** Which upload a request is about, and whose it is: found out before tus sees the request. */
interface Visit {
  actor: PersonActor;
  upload: { id: string; storageKey: string };
}

/** A connection on which nothing comes any more ends, and with it its hold on the upload. */
const silenceMs = 120_000;
/** How long a writer that is told to stop may take to put away what has arrived. */
const drainMs = 500;

/** Answers a request below `uploadsPath` by somebody signed in. Never throws. */
export type UploadsDoor = (actor: PersonActor, req: Request, res: Response) => Promise<void>;

/** The database, or the store, whose own errors carry `$metadata`: also where another request has just put the parts of the same file together. */
const isAway = (error: unknown) => isDatabaseAway(error) || (error instanceof Error && '$metadata' in error);

type TusRequest = Parameters<NonNullable<ServerOptions['namingFunction']>>[0];

/**
 * Resumable uploads, by the tus protocol. The finished file is the stored object itself: nothing is copied.
 * @param stopping the server ends: writers put away what they have, and their clients go on when it is back
 */
export function openUploads(app: App, stopping?: AbortSignal): UploadsDoor {
  const visits = new WeakMap<object, Visit>();
  const locks = uploadLocks(app);
  stopping?.addEventListener('abort', () => locks.releaseAll());
  let opened: Promise<{ receiver: Receiver; tus: Server }> | undefined;

  function visitOf(req: TusRequest): Visit {
    const node = req.runtime?.node?.req;
    const visit = node && visits.get(node);
    if (!visit) throw new Error('a request reached tus without having been seen');
    return visit;
  }

  async function open() {
    const receiver = await app.storage.receiver(uploadRecords(app));
    const tus = new Server({
      path: uploadsPath,
      datastore: receiver.store,
      relativeLocation: true,
      locker: locks,
      lockDrainTimeout: drainMs,
      maxSize: Math.max(...Object.values(uploadLimits)),
      // Pages of other sites have no business here.
      allowedOrigins: () => false,
      namingFunction: (req) => receiver.idOf(visitOf(req).upload.storageKey),
      getFileIdFromRequest: (req) => receiver.idOf(visitOf(req).upload.storageKey),
      generateUrl: (req) => `${uploadsPath}/${visitOf(req).upload.id}`,
      async onUploadFinish(req) {
        const { actor, upload } = visitOf(req);
        const judged = await finishUpload(app, actor, await accessUpload(app, actor, upload.id));
        if (!judged) throw new Error('an upload is whole and its object is not');
        const headers = { 'Content-Type': 'application/json; charset=utf-8' };
        return { headers, body: JSON.stringify(judged), ...(req.method === 'PATCH' ? { status_code: 200 } : {}) };
      },
      onResponseError(_req, error) {
        // Clients try these again; what tus says of itself of an aborted writer, they would take for the end.
        if (error === ERRORS.ABORTED || error === ERRORS.ERR_LOCK_TIMEOUT) return { status_code: 423, body: 'somebody else writes\n' };
        if (!(error instanceof Error)) return undefined;
        app.log.error({ err: error }, 'upload failed');
        // What tus would say by itself is the error's message, which is nobody's business.
        const away = isAway(error);
        return { status_code: away ? 503 : 500, body: away ? 'try again later\n' : 'something went wrong\n' };
      },
    });
    return { receiver, tus };
  }

  async function take(actor: PersonActor, req: Request, res: Response): Promise<void> {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    const { receiver, tus } = await opened;
    if (req.method === 'POST' && req.path === '/') {
      visits.set(req, { actor, upload: await beginUpload(app, actor, announcementOf(req)) });
    } else if (req.method === 'HEAD' || req.method === 'PATCH' || req.method === 'DELETE') {
      const id = z.uuid().safeParse(req.path.slice(1));
      if (!id.success) throw new AppError('FILES_NOT_FOUND');
      const upload = await accessUpload(app, actor, id.data);
      visits.set(req, { actor, upload });
      if (req.method === 'HEAD') await settle(actor, upload, receiver);
      if (req.method === 'DELETE' && !(await abandonUpload(app, actor, upload.id))) throw new AppError('FILES_NOT_FOUND');
    } else {
      throw new AppError('NOT_FOUND');
    }
    // It might be cut off in its middle; asked again it comes to a server that has time.
    if (req.method === 'PATCH' && stopping?.aborted) sayLocked(res);
    else await tus.handle(req, res);
  }

  /** The server may have died between the last byte and the verdict; the client, who asks where to go on, has nothing left to send. */
  async function settle(actor: PersonActor, upload: OwnUpload, { store, idOf }: Receiver): Promise<UploadDto | null> {
    if (upload.state !== 'receiving') return null;
    const id = idOf(upload.storageKey);
    const { offset, size } = await store.getUpload(id).catch(() => ({ offset: -1, size: 0 }));
    if (offset !== size) return null;
    // A bucket still has to be told that all parts are there.
    if (!(await app.storage.find(upload.storageKey))) await store.write(Readable.from([]), id, offset);
    return finishUpload(app, actor, upload);
  }

  return async (actor, req, res) => {
    req.socket.setTimeout(silenceMs);
    // What is refused is not read to its end first.
    res.once('finish', () => req.complete || req.socket.destroySoon());
    try {
      await take(actor, req, res);
    } catch (error) {
      const known = isAway(error) ? new AppError('SERVICE_UNAVAILABLE') : error;
      if (!(error instanceof AppError) && !isDatabaseAway(error)) app.log.error({ id: res.locals.requestId, err: error }, 'upload failed');
      if (res.headersSent) res.destroy();
      else refuseUpload(res, known);
    }
  };
}

/** Clients come again after this. */
function sayLocked(res: Response): void {
  res.status(423).set('Connection', 'close').type('text/plain').send('the server is being restarted\n');
}

/** @throws AppError INPUT_INVALID */
function announcementOf(req: Request) {
  const given = String(req.headers['upload-metadata'] ?? '');
  const size = z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .safeParse(req.headers['upload-length']);
  const metadata = uploadMetadata.safeParse(parsedMetadata(given));
  if (!size.success || !metadata.success) throw new AppError('INPUT_INVALID');
  return { ...metadata.data, size: size.data };
}

function parsedMetadata(given: string): unknown {
  try {
    return Metadata.parse(given);
  } catch {
    return null;
  }
}

const statuses: Record<(typeof transportCodes)[keyof typeof transportCodes], number> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  CONFLICT: 409,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** Says no in the words of procedures. */
export function refuseUpload(res: Response, error: unknown): void {
  const known: Pick<WireError, 'code' | 'data'> =
    error instanceof AppError ? error : { code: 'UNEXPECTED', data: { requestId: String(res.locals.requestId) } };
  res.status(statuses[transportCodes[known.code]]).set('Tus-Resumable', '1.0.0').json({ code: known.code, data: known.data });
}
