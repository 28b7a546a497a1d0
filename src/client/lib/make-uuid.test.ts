import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { makeUuid } from './make-uuid.ts';

const { crypto } = globalThis;

afterEach(() => vi.unstubAllGlobals());

test('is a UUID of version 4 where the page was not come by over HTTPS, and never the same one', () => {
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) });
  const made = Array.from({ length: 500 }, makeUuid);
  for (const id of made) expect(z.uuidv4().safeParse(id).success).toBe(true);
  expect(new Set(made).size).toBe(500);
});
