import { describe, expect, test } from 'vitest';
import { type InboxView, inboxHref, isNarrow, searchOf, viewOf } from './inbox-filter.ts';

const id = '0b7e3c1a-5a55-4a0b-9f3e-2f8f6c1d2e3f';
const all: InboxView = { filter: 'waiting', q: '', courseId: undefined };

describe('the address', () => {
  test.each<[string, InboxView]>([
    ['', all],
    ['?show=mine', { ...all, filter: 'mine' }],
    [`?show=closed&q=%D1%91&course=${id}`, { filter: 'closed', q: 'ё', courseId: id }],
  ])('%s means the same there and back', (search, view) => {
    expect(viewOf(search)).toEqual(view);
    expect(searchOf(view)).toBe(search);
  });

  test.each(['?show=everything', '?course=1', `?course=${id}0`, '?show=', '?other=1'])('%s shows what is always shown', (search) => {
    expect(viewOf(search)).toEqual(all);
  });

  test('what was searched for is never longer than the server takes', () => {
    expect(viewOf(`?q=${'а'.repeat(300)}`).q).toHaveLength(100);
  });

  test('a thread keeps the list beside it', () => {
    expect(inboxHref({ ...all, filter: 'mine' }, id)).toBe(`/admin/inbox/${id}?show=mine`);
    expect(inboxHref(all)).toBe('/admin/inbox');
  });

  test('a filter alone leaves nobody out', () => {
    expect([all, { ...all, filter: 'mine' as const }, { ...all, q: 'а' }, { ...all, courseId: id }].map(isNarrow)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
