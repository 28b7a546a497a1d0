import { describe, expect, test } from 'vitest';
import { hrefOf, placeOf, type SupportPlace, slugIn } from './support-place.ts';

const nothing: SupportPlace = { q: '', part: null, chat: false, about: '' };

describe('the address says what is shown', () => {
  test.each<[string, string, string, SupportPlace]>([
    ['nothing', '/support', '', nothing],
    ['a search', '/support', '?q=аттестат', { ...nothing, q: 'аттестат' }],
    ['a search and a category', '/support', '?q=баллы&in=admission', { ...nothing, q: 'баллы', part: 'admission' }],
    ['the chat on its own page', '/support/chat', '?about=код', { ...nothing, chat: true, about: 'код' }],
    ['the chat beside the list', '/support', '?q=код&chat=1&about=код', { q: 'код', part: null, chat: true, about: 'код' }],
    ['a category that is none', '/support', '?in=../admin', nothing],
    ['words of spaces only', '/support', '?q=%20%20', nothing],
    ['more words than can be looked for', '/support', `?q=${'а'.repeat(500)}`, { ...nothing, q: 'а'.repeat(200) }],
  ])('%s', (_, path, search, expected) => {
    expect(placeOf(path, search)).toEqual(expected);
  });

  const places: SupportPlace[] = [
    nothing,
    { q: 'ёж & «кавычки» #1', part: 'platform', chat: false, about: '' },
    { q: 'код', part: null, chat: true, about: 'код из письма?' },
    { q: '', part: null, chat: true, about: '' },
  ];
  test.each(places)('there and back: %j', (place) => {
    for (const wide of [true, false]) {
      const url = new URL(hrefOf(place, wide), 'https://school.example');
      expect(placeOf(url.pathname, url.search)).toEqual(place);
    }
  });

  test('on a phone the chat is a page, with room for both it is none', () => {
    expect(hrefOf({ ...nothing, chat: true }, false)).toBe('/support/chat');
    expect(hrefOf({ ...nothing, chat: true }, true)).toBe('/support?chat=1');
  });

  test('what was carried is not kept when the chat is closed', () => {
    expect(hrefOf({ q: 'код', part: null, chat: false, about: 'код' }, true)).toBe('/support?q=%D0%BA%D0%BE%D0%B4');
  });
});

test.each([
  ['', null],
  ['#', null],
  ['#code-does-not-come', 'code-does-not-come'],
  ['#%D0%BA', 'к'],
  ['#%E0%A4%A', null],
])('%s names %s', (hash, slug) => {
  expect(slugIn(hash)).toBe(slug);
});
