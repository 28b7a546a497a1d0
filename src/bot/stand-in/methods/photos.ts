import { randomBytes } from 'node:crypto';
import type { PhotoSize } from 'grammy/types';
import { imageSize } from 'image-size';
import { badRequest } from '../api-error.ts';
import type { UploadedFile } from '../multipart.ts';
import type { World } from '../world.ts';

const maxPhotoBytes = 10 * 2 ** 20;
const takenTypes = ['jpg', 'png', 'webp', 'gif'];

/** A picture given as an upload or by the id of one that was sent before. */
export function photoOf(world: World, source: string | undefined, files: ReadonlyMap<string, UploadedFile>, field: string): PhotoSize[] {
  const attached = source?.startsWith('attach://') ? files.get(source.slice('attach://'.length)) : files.get(field);
  if (attached) return keepPhoto(world, attached.bytes);
  if (source === undefined || source === '') throw badRequest('there is no photo in the request');
  if (/^https?:/.test(source)) throw badRequest('failed to get HTTP URL content');
  const known = world.keeper.state.files.find(({ id }) => id === source);
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
  return [toPhotoSize(known)];
}

export function keepPhoto(world: World, bytes: Buffer): PhotoSize[] {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > maxPhotoBytes) throw badRequest('too big Photo file size');
  const { width, height } = sizeOf(bytes);
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  const { state } = world.keeper;
  const number = state.files.length;
  const file = {
    id: `AgACAgIAAx${randomBytes(30).toString('base64url')}`,
    path: `photos/file_${number}.jpg`,
    size: bytes.length,
    width,
    height,
  };
  state.files.push(file);
  world.keeper.keepFile(file.id, bytes);
  return [toPhotoSize(file)];
}

function sizeOf(bytes: Buffer): { width: number; height: number } {
  try {
    const { width, height, type } = imageSize(bytes);
    if (width && height && takenTypes.includes(type ?? '')) return { width, height };
  } catch {
    // No picture at all: refused in the same words.
  }
  throw badRequest('IMAGE_PROCESS_FAILED');
}

function toPhotoSize({ id, size, width, height }: { id: string; size: number; width: number; height: number }): PhotoSize {
  return { file_id: id, file_unique_id: id.slice(-16), width, height, file_size: size };
}
