import { expect, test } from 'vitest';
import { connectionsOf, refuseTooMany } from './connection-room.ts';

test.each([
  [{ workers: 2, databasePool: 16 }, 72],
  [{ workers: 4, databasePool: 10 }, 90],
])('%j may need %i connections, with one process more while each is replaced', (crew, needed) => {
  expect(connectionsOf(crew)).toBe(needed);
  expect(() => refuseTooMany(crew, needed)).not.toThrow();
});

test.each([
  [
    'names the pool that would fit',
    { workers: 4, databasePool: 16 },
    97,
    /may need 120 connections, and the database allows 97\. Set DATABASE_POOL=11, or raise/,
  ],
  [
    'says that nothing fits so many processes',
    { workers: 30, databasePool: 2 },
    97,
    /allows 97\. Take fewer WORKERS, or raise max_connections\.$/,
  ],
])('a refusal %s', (_, crew, room, line) => {
  expect(() => refuseTooMany(crew, room)).toThrow(line);
});
