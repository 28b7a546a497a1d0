import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { accessTopicFile } from '../courses/access.ts';

/** Types that a browser may show in place; anything else is saved. */
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml', 'application/pdf']);

/**
 * Sends a file of a topic to whoever may open the topic, with range requests.
 * @throws AppError FILES_NOT_FOUND
 */
export async function serveTopicFile(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new AppError('FILES_NOT_FOUND');
  const file = await accessTopicFile(app, actor, id.data);
  const stored = await app.storage.find(file.storageKey);
  if (!stored) throw new AppError('FILES_NOT_FOUND');
  const disposition = inlineTypes.has(file.mime) ? 'inline' : 'attachment';
  res.set({
    'Content-Type': file.mime,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    // Sent as it is: a compressed part could not be put together with the others.
    'Cache-Control': 'private, max-age=3600, no-transform',
    'Accept-Ranges': 'bytes',
    // A picture may hold scripts when it is opened by itself: they get no rights at all.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
  const range = req.range(stored.size, { combine: true });
  if (range === -1) {
    res.status(416).set('Content-Range', `bytes */${stored.size}`).end();
    return;
  }
  const part = Array.isArray(range) && range.type === 'bytes' && range.length === 1 ? range[0] : undefined;
  if (part) res.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${stored.size}`);
  res.set('Content-Length', String(part ? part.end - part.start + 1 : stored.size));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(app.storage.read(file.storageKey, part), res);
  } catch (error) {
    // A reader who goes away is no fault.
    if (!res.destroyed) throw error;
  }
}
