import { describe, expect, test } from 'vitest';
import { inboxCursor, toHolderDto, toInboxCursor } from './rules.ts';

const now = new Date('2026-11-24T12:00:00Z');
const later = new Date('2026-11-24T12:30:00Z');
const me = { id: 'me' };

describe('who holds a thread', () => {
  test.each([
    ['nobody', { heldById: null, heldUntil: null, holderName: null }, null],
    ['me', { heldById: 'me', heldUntil: later, holderName: 'Ольга Громова' }, { id: 'me', name: 'Ольга Громова', mine: true }],
    ['another', { heldById: 'she', heldUntil: later, holderName: 'Анна Белова' }, { id: 'she', name: 'Анна Белова', mine: false }],
    ['a lock that ends now', { heldById: 'she', heldUntil: now, holderName: 'Анна Белова' }, null],
    ['an account that is gone', { heldById: null, heldUntil: later, holderName: null }, null],
  ])('%s', (_, holding, holder) => {
    expect(toHolderDto(me, holding, now)).toEqual(holder && { ...holder, until: later.toISOString() });
  });
});

describe('a place between two pages', () => {
  const place = { at: now, id: '0b3b8c5e-1f6a-4c0e-9b1a-2f3d4e5f6a7b' };

  test('is read back by the filters of the same order, and by no others', () => {
    const cursor = toInboxCursor('all', place);
    expect(inboxCursor('all', cursor)).toEqual(place);
    expect(inboxCursor('mine', cursor)).toEqual(place);
    expect(inboxCursor('waiting', cursor)).toBeNull();
    expect(inboxCursor('closed', cursor)).toBeNull();
    expect(cursor.length).toBeLessThanOrEqual(200);
  });

  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    ['', null],
    ['nonsense', null],
    [made(['last_at', 'today', place.id]), null],
    [made(['last_at', now.toISOString(), 'x']), null],
    [made(['last_at', '0000-01-01T00:00:00.000Z', place.id]), null],
    [made(['last_at; DROP TABLE person', now.toISOString(), place.id]), null],
    [made({}), null],
  ])('%s is none', (cursor, read) => {
    expect(inboxCursor('all', cursor)).toBe(read);
  });
});
