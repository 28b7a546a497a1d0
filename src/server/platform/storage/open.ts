import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Storage } from '../storage.ts';
import { diskStorage } from './disk.ts';

/** The store alone: a backup needs no more of the school, and is to hold little. */
export async function openStorage({ store, dataDir }: Config): Promise<Storage> {
  if (store.kind === 'disk') return diskStorage(join(dataDir, 'files'));
  // The SDK is loaded where it is used: it takes longer to load than the rest of the school.
  return (await import('./s3.ts')).s3Storage(store);
}
