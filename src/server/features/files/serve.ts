import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { accessAddressedFile, accessFile, type ServedFile } from './access.ts';
import {
  askedWidth,
  chatFileUrl,
  examFileUrl,
  type FileKind,
  isLetterPicture,
  newsFileUrl,
  readAddress,
  topicFileUrl,
  workFileUrl,
} from './urls.ts';

/** Types that a browser may show in place; anything else is saved. */
const inlineTypes = new Set([
  ...['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml', 'application/pdf'],
  ...['video/mp4', 'video/webm', 'video/quicktime', 'audio/mpeg', 'audio/mp4'],
]);

const addresses = { topic: topicFileUrl, work: workFileUrl, exam: examFileUrl, chat: chatFileUrl, news: newsFileUrl };

/** A smaller copy that is still being made is there in a moment. */
const notYetSeconds = 60;

/**
 * Sends a file to somebody signed in, with range requests. By an address that was given to them it is sent at once; by any other, or one that has
 * ended, who may see the file is sent on to a fresh address.
 * @throws AppError FILES_NOT_FOUND
 */
export async function serveFile(app: App, actor: PersonActor, kind: FileKind, req: Request, res: Response): Promise<void> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new AppError('FILES_NOT_FOUND');
  const address = readAddress(app, actor, kind, id.data, req.query);
  const width = askedWidth(req.query);
  if (!address) {
    const { name } = await accessFile(app, actor, kind, id.data);
    res.set('Cache-Control', 'no-store').redirect(302, addresses[kind](app, actor, { id: id.data, name }, width ?? undefined));
    return;
  }
  await sendFile(
    app,
    await accessAddressedFile(app, kind, id.data, width),
    width,
    { scope: 'private', seconds: address.secondsLeft },
    req,
    res,
  );
}

/** Mail programs, and those who keep pictures for them, come again for as long as the letter is kept. */
const letterSeconds = 7 * 86_400;

/**
 * Sends a picture of an announcement to whoever has the address out of a letter.
 * @throws AppError FILES_NOT_FOUND
 */
export async function serveLetterPicture(app: App, req: Request, res: Response): Promise<void> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success || !isLetterPicture(app, id.data, String(req.params.signature))) throw new AppError('FILES_NOT_FOUND');
  const width = askedWidth(req.query);
  // A page that shows a letter is of another site: without this its browser would not take the picture.
  res.set('Cross-Origin-Resource-Policy', 'cross-origin');
  await sendFile(app, await accessAddressedFile(app, 'news', id.data, width), width, { scope: 'public', seconds: letterSeconds }, req, res);
}

async function sendFile(
  app: App,
  file: ServedFile,
  width: number | null,
  kept: { scope: 'private' | 'public'; seconds: number },
  req: Request,
  res: Response,
): Promise<void> {
  const { key, mime, waiting } = choose(file, width, req.headers.accept ?? '');
  const stored = await app.storage.find(key);
  if (!stored) throw new AppError('FILES_NOT_FOUND');
  res.set({
    'Accept-Ranges': 'bytes',
    'Content-Type': mime,
    'Content-Disposition': `${inlineTypes.has(mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    // Sent as it is: a compressed part could not be put together with the others. Bytes under one key never change.
    'Cache-Control': `${kept.scope}, max-age=${waiting ? notYetSeconds : kept.seconds}, no-transform`,
    ETag: `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`,
    // A picture may hold scripts when it is opened by itself: they get no rights at all.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ...(width === null ? {} : { Vary: 'Accept' }),
  });
  await sendObject(app, key, stored.size, req, res);
}

/** The copy this browser takes, where one is smaller than the original. */
function choose(file: ServedFile, width: number | null, accept: string): { key: string; mime: string; waiting: boolean } {
  const taken = ['avif', 'webp'].filter((format) => accept.includes(`image/${format}`));
  for (const format of taken) {
    const variant = file.variants.find((one) => one.format === format);
    if (variant && variant.size < file.size) return { key: variant.key, mime: `image/${format}`, waiting: false };
  }
  return { key: file.storage_key, mime: file.mime, waiting: width !== null && taken.length > 0 && file.variants.length === 0 };
}

async function sendObject(app: App, key: string, size: number, req: Request, res: Response): Promise<void> {
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  // A part of what the browser has the beginning of, as long as it is still the same.
  const ifRange = req.headers['if-range'];
  const range = ifRange === undefined || ifRange === res.get('ETag') ? req.range(size, { combine: true }) : undefined;
  if (range === -1) {
    res.status(416).set('Content-Range', `bytes */${size}`).set('Cache-Control', 'no-store').end();
    return;
  }
  const part = Array.isArray(range) && range.type === 'bytes' && range.length === 1 ? range[0] : undefined;
  if (part) res.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${size}`);
  res.set('Content-Length', String(part ? part.end - part.start + 1 : size));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(app.storage.read(key, part), res);
  } catch (error) {
    // A reader who goes away is no fault.
    if (!res.destroyed) throw error;
  }
}
