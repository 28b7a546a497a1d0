import type { Sharp } from 'sharp';

/** Wider and higher together than any photo a person takes; more would fill the memory when it is unpacked. */
export const mostPixels = 100_000_000;

export type PictureFormat = 'webp' | 'avif';

/** Width and height as a viewer shows them, turned the way the camera was held. Null where the bytes are no picture. */
export async function measurePicture(bytes: Buffer): Promise<{ width: number; height: number } | null> {
  try {
    const { autoOrient } = await (await load())(bytes, { limitInputPixels: false }).metadata();
    return autoOrient.width > 0 && autoOrient.height > 0 ? { width: autoOrient.width, height: autoOrient.height } : null;
  } catch {
    return null;
  }
}

/**
 * A smaller copy, turned the right way, without what the camera wrote into it (place, owner).
 * @throws Error where the picture is damaged
 */
export async function resizePicture(bytes: Buffer, width: number, format: PictureFormat): Promise<Buffer> {
  const picture = (await load())(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    .autoOrient()
    .resize({ width, withoutEnlargement: true });
  return encodeAs[format](picture).toBuffer();
}

const encodeAs: Record<PictureFormat, (picture: Sharp) => Sharp> = {
  webp: (picture) => picture.webp({ quality: 80 }),
  // The fastest efforts of AVIF cost a tenth of the usual one and lose a few hundredths of the size.
  avif: (picture) => picture.avif({ quality: 55, effort: 2 }),
};

let loaded: Promise<typeof import('sharp').default> | undefined;

/** At the first picture and not at start: the library takes 30 MB. One thread and no cache, because pages are served meanwhile. */
function load() {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loaded;
}
