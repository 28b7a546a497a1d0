import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Notification, Page, Payment, SavedCard } from './types.ts';

/** All that outlives a restart. */
export interface Books {
  /** Also the numbers of refunds and cards: nothing is called the same. */
  nextId: number;
  pages: Page[];
  payments: Payment[];
  cards: SavedCard[];
  notifications: Notification[];
  /** To calls that were made under a key: asked again, they are answered so. */
  answers: Record<string, { at: number; body: Record<string, unknown> }>;
}

export interface Keeper {
  books: Books;
  /** Something has changed; it is written down a little later. */
  touch(): void;
  flush(): void;
}

const delayMs = 200;

/** Books in memory, and in a file if one is named. A file that cannot be read begins anew: it is a plaything of development. */
export function createKeeper(file: string | undefined): Keeper {
  const books: Books = { ...fresh(), ...(file === undefined ? {} : readBooks(file)) };
  let timer: NodeJS.Timeout | undefined;

  function write() {
    clearTimeout(timer);
    timer = undefined;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    // Whole or not at all: the process may be killed at any time.
    const text = JSON.stringify(books, (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value));
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  return {
    books,
    touch() {
      if (file !== undefined) timer ??= setTimeout(write, delayMs);
    },
    flush() {
      if (timer) write();
    },
  };
}

// Ids have outgrown 32 bits: whoever keeps them has to know.
const fresh = (): Books => ({ nextId: 5_000_000_001, pages: [], payments: [], cards: [], notifications: [], answers: {} });

function readBooks(file: string): Partial<Books> {
  try {
    const books: Books = JSON.parse(readFileSync(file, 'utf8'));
    return { ...books, notifications: books.notifications.map((one) => ({ ...one, body: Buffer.from(`${one.body}`, 'base64') })) };
  } catch {
    return {};
  }
}
