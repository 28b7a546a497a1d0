import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BotCommand, Update } from 'grammy/types';
import type { StandInMessage, StandInPerson } from './types.ts';

export interface KeptFile {
  id: string;
  path: string;
  size: number;
  width: number;
  height: number;
}

export interface Webhook {
  url: string;
  secret?: string;
  maxConnections: number;
  lastError?: { date: number; message: string };
}

/** All that outlives a restart. */
export interface KeptState {
  nextMessageId: number;
  nextUpdateId: number;
  nextPersonId: number;
  people: StandInPerson[];
  messages: Record<string, StandInMessage[]>;
  files: KeptFile[];
  /** Not confirmed yet, oldest first. */
  updates: Update[];
  commands: Record<string, BotCommand[]>;
  descriptions: Record<string, string>;
  webhook: Webhook | null;
  /** Null: what is handed over unless somebody asks for more. */
  allowedUpdates: string[] | null;
}

export interface Keeper {
  state: KeptState;
  /** The state has changed; it is written down a little later. */
  touch(): void;
  keepFile(id: string, bytes: Buffer): void;
  readFile(id: string): Buffer | null;
  flush(): void;
}

const delayMs = 200;

/** State in memory, and in a file if one is named. A file that cannot be read begins anew: it is a plaything of development. */
export function createKeeper(file: string | undefined): Keeper {
  const state = { ...fresh(), ...(file === undefined ? {} : readState(file)) };
  const bytesById = new Map<string, Buffer>();
  const folder = `${file}-files`;
  let timer: NodeJS.Timeout | undefined;

  function write() {
    clearTimeout(timer);
    timer = undefined;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    // Whole or not at all: the process may be killed at any time.
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  return {
    state,
    touch() {
      if (file !== undefined) timer ??= setTimeout(write, delayMs);
    },
    keepFile(id, bytes) {
      bytesById.set(id, bytes);
      if (file === undefined) return;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, id), bytes, { mode: 0o600 });
    },
    readFile(id) {
      const known = bytesById.get(id);
      if (known || file === undefined) return known ?? null;
      try {
        return readFileSync(join(folder, id));
      } catch {
        return null;
      }
    },
    flush() {
      if (timer) write();
    },
  };
}

function fresh(): KeptState {
  return {
    nextMessageId: 1,
    nextUpdateId: 500_000_001,
    // Real ids have outgrown 32 bits: whoever keeps them has to know.
    nextPersonId: 7_000_000_001,
    people: [],
    messages: {},
    files: [],
    updates: [],
    commands: {},
    descriptions: {},
    webhook: null,
    allowedUpdates: null,
  };
}

function readState(file: string): Partial<KeptState> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
