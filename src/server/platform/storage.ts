import type { Readable } from 'node:stream';
import type { DataStore, KvStore, Upload } from '@tus/server';

export interface StoredObject {
  size: number;
  modifiedAt: Date;
}

export interface ListedObject extends StoredObject {
  key: string;
}

/** What tus remembers of an upload between its pieces. */
export type UploadRecords = KvStore<Upload>;

/** Where tus puts the pieces of uploads. When the last one is there, the whole is an object of the store. */
export interface Receiver {
  store: DataStore;
  /** Under which id tus writes the object of this key. */
  idOf(key: string): string;
}

/** Where files live. Keys are paths of our own making (`topics/<id>/graph.svg`), never a person's input. */
export interface Storage {
  /** Writes whole or not at all: a reader sees the old bytes or the new ones. */
  put(key: string, body: Buffer | Readable): Promise<void>;
  /** Null where nothing is stored under the key. */
  find(key: string): Promise<StoredObject | null>;
  /** @param range bytes, both ends inclusive */
  read(key: string, range?: { start: number; end: number }): Readable;
  /** Also what is not there. */
  remove(key: string): Promise<void>;
  /** Every object whose key begins so, in no order. */
  list(prefix: string): AsyncIterable<ListedObject>;
  receiver(records: UploadRecords): Promise<Receiver>;
  /** Takes away what writings left behind that were begun before that instant and broken off. They are no objects: `list` does not show them. */
  sweep(before: Date): Promise<void>;
}
