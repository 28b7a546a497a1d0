import { PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface PackedEntry {
  path: string;
  /** Left out where it is not known before it is read. */
  size?: number;
  /** Texts are at hand, files lie in the store. */
  content: Buffer | (() => Readable);
}

/** Midnight by whatever clock this process has: a zip knows no zones, and the same course is to be the same bytes. */
const mtime = new Date(1980, 0, 1);
const fixed = { mtime, mode: 0o100644, forceDosTimestamp: true };

/** Packs files as they are read, one after the other. A file that cannot be read breaks the stream off, so that no archive looks whole. */
export function zipOf(entries: readonly PackedEntry[]): Readable {
  const zip = new ZipFile();
  const packed = new PassThrough();
  let current: Readable | null = null;
  for (const { path, size, content } of entries) {
    if (Buffer.isBuffer(content)) {
      zip.addBuffer(content, path, fixed);
      continue;
    }
    zip.addReadStreamLazy(path, { ...fixed, ...(size === undefined ? {} : { size }), compress: !isPacked(path) }, (ready) => {
      current = content();
      current.once('error', (error) => packed.destroy(error));
      ready(null, current);
    });
  }
  zip.end();
  zip.on('error', (error: Error) => packed.destroy(error));
  // Whoever stops listening leaves no file open.
  return pipeline(zip.outputStream, packed, () => current?.destroy());
}

function isPacked(path: string): boolean {
  return /\.(png|jpe?g|webp|gif|pdf|mp4|m4v|mov|webm|mp3|m4a|zip|od[st]|xlsx|docx|pptx)$/i.test(path);
}
