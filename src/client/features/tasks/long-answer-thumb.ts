const side = 160;

/**
 * A small picture of a chosen file, as a data URL that may be kept beside the draft; null where the browser cannot read it. Photos of phones are
 * turned the way they were taken.
 */
export async function thumbOf(file: File): Promise<string | null> {
  if (!file.type.startsWith('image/')) return null;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, side / Math.min(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const [width, height] = [picture.width * scale, picture.height * scale];
    canvas.getContext('2d')?.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
    picture.close();
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return null;
  }
}
