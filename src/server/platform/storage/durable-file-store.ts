import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { type DataStore, ERRORS } from '@tus/server';
import type { UploadRecords } from '../storage.ts';

/**
 * tus over a folder. What a client was told to have arrived is on the disk, so that it need not be sent again after a power cut; and a writer that
 * was cut off has come to its end before the next one asks how far it came, which the library's own does not wait for.
 */
class DurableFileStore extends FileStore {
  override async write(...[source, id, offset]: Parameters<FileStore['write']>): Promise<number> {
    const file = createWriteStream(join(this.directory, id), { flags: 'r+', start: offset, flush: true });
    const closed = once(file, 'close');
    try {
      await pipeline(source, file);
    } catch {
      throw ERRORS.FILE_WRITE_ERROR;
    } finally {
      await closed;
    }
    return offset + file.bytesWritten;
  }
}

export function durableFileStore(directory: string, records: UploadRecords): DataStore {
  return new DurableFileStore({ directory, configstore: records });
}
