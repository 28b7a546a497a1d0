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

/** Pixels of the longer side: messengers show no more. */
const photoSide = 2560;
/** How many times as long as wide a photo may be. */
const photoRatio = 20;

/**
 * A picture as messengers take it for a photo, whatever it was: a JPEG on white of bounded size, turned the right way. A strip that is too narrow gets
 * margins.
 * @throws Error where the picture is damaged
 */
export async function photoOf(bytes: Buffer): Promise<Buffer> {
  const sharp = await load();
  const turned = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).autoOrient();
  const { autoOrient } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
  const scale = Math.min(1, photoSide / Math.max(autoOrient.width, autoOrient.height));
  const [width, height] = [autoOrient.width * scale, autoOrient.height * scale];
  const least = Math.max(width, height) / photoRatio;
  return turned
    .resize({
      width: Math.ceil(Math.max(width, least)),
      height: Math.ceil(Math.max(height, least)),
      fit: 'contain',
      background: '#fff',
    })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** A drawing of ours as a PNG of few colours. @param svg without text: fonts are another machine's */
export async function rasterise(svg: string): Promise<Buffer> {
  return (await load())(Buffer.from(svg)).png({ palette: true, colours: 64, effort: 1, dither: 0 }).toBuffer();
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
