import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { zipOf } from '../../transfer/zip-writer.ts';
import { accessAttemptFiles } from './access.ts';
import { listAttemptFiles } from './queries.ts';
import { isGiven, zipUrl } from './urls.ts';

/**
 * GET /exams/<attempt>/files.zip, packed while it is sent: neither memory nor disk holds the archive. By an address that was given to this person at
 * once; by any other, or one that has ended, who may have the files is sent on to a fresh address.
 * @throws AppError FILES_NOT_FOUND
 */
export async function serveAttemptFiles(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new AppError('FILES_NOT_FOUND');
  if (!isGiven(app, actor, id.data, req.query)) {
    await accessAttemptFiles(app, actor, id.data);
    res.set('Cache-Control', 'no-store').redirect(302, zipUrl(app, actor, id.data));
    return;
  }
  const { slug, files } = await listAttemptFiles(app, actor, id.data);
  if (files.length === 0) throw new AppError('FILES_NOT_FOUND');
  res.set({
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${slug}.zip"`,
    // Files of a task may be mended while the exam runs.
    'Cache-Control': 'private, no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
  });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(zipOf(files.map(({ path, storageKey, size }) => ({ path, size, content: () => app.storage.read(storageKey) }))), res);
  } catch (error) {
    // Too late for words: the connection breaks, and the browser says that the file is not whole. Who closed it themselves needs no line.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      app.log.error({ id: res.locals.requestId, err: error, attempt: id.data }, 'the archive of an exam broke off');
    }
  }
}
