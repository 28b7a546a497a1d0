import { describe, expect, test } from 'vitest';
import { cellText, toCells, wallClockOf } from './rules.ts';

describe('a text in a cell', () => {
  test.each([
    ['=1+1', '=1+1'],
    ['Анна-Мария О’Нил', 'Анна-Мария О’Нил'],
    ['👩🏽‍🎓 ёлка', '👩🏽‍🎓 ёлка'],
    [' два  пробела ', ' два  пробела '],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['nul\u0000bell\u0007esc\u001bdel\u007fc1\u0085', 'nulbellescdelc1'],
    ['half\ud83d', 'half\ufffd'],
    ['no\ufffe\uffffcharacters', 'nocharacters'],
    // Excel reads _x0041_ as «A».
    ['_x0041_@example.ru', '_x005F_x0041_@example.ru'],
    ['_x000d_', '_x005F_x000d_'],
    ['_x41_ _y0041_', '_x41_ _y0041_'],
  ])('%j becomes %j', (text, cell) => {
    expect(cellText(text)).toBe(cell);
  });

  test('is cut where Excel would refuse the file, not inside of a character', () => {
    const cell = cellText(`${'x'.repeat(32_766)}🎓`);
    expect(cell).toBe(`${'x'.repeat(32_766)}\ufffd`);
  });
});

describe('the clock on the wall', () => {
  test.each([
    ['Europe/Moscow', '2026-11-22T21:30:15Z', '2026-11-23T00:30:15Z'],
    ['Asia/Vladivostok', '2026-12-31T14:00:00Z', '2027-01-01T00:00:00Z'],
    ['America/St_Johns', '2026-07-01T00:00:00Z', '2026-06-30T21:30:00Z'],
    // The hour that is there twice.
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'],
    ['UTC', '2026-02-28T23:59:59.999Z', '2026-02-28T23:59:59Z'],
  ])('%s at %s shows %s', (zone, at, shown) => {
    expect(wallClockOf(zone)(new Date(at))).toEqual(new Date(shown));
  });
});

test('a row in the order of the columns', () => {
  const at = new Date('2026-11-22T09:00:00Z');
  const row = {
    registeredAt: at,
    lastName: 'Ёжикова',
    firstName: 'Анна',
    email: 'a@example.ru',
    phone: '+79161234567',
    consentVersion: '2026-09-01',
  };
  expect(toCells({ ...row, source: 'site' }, 7, (date) => date)).toEqual([
    7,
    at,
    'Ёжикова',
    'Анна',
    'a@example.ru',
    '+79161234567',
    '2026-09-01',
    'сайт',
  ]);
  const bare = { ...row, phone: null, consentVersion: null, source: 'partner' };
  expect(toCells(bare, 8, (date) => date).slice(5)).toEqual([null, null, 'partner']);
});
