import { describe, expect, test } from 'vitest';
import { createFormat, type Zones } from './format.ts';

const now = Date.parse('2026-11-24T16:00:00Z');
const opensAt = '2026-11-26T15:00:00Z';
const plain = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ');

const ru = (zones: Partial<Zones> = {}) =>
  createFormat('ru', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow', now: () => now, ...zones });
const en = (zones: Partial<Zones> = {}) =>
  createFormat('en', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow', now: () => now, ...zones });

describe('dates', () => {
  test('a year is named only outside the school year', () => {
    expect(plain(ru().date(opensAt))).toBe('26 ноября');
    expect(plain(ru().date('2027-05-31T10:00:00Z'))).toBe('31 мая');
    expect(plain(ru().date('2026-08-31T10:00:00Z'))).toBe('31 августа 2026');
    expect(plain(ru().date('2027-09-01T10:00:00Z'))).toBe('1 сентября 2027');
  });

  test('are on the reader’s clock, the school’s dates on the school’s', () => {
    const format = ru({ personZone: 'Asia/Vladivostok' });
    expect(plain(format.dateTime(opensAt))).toBe('27 ноября, 01:00');
    expect(plain(format.paperDateTime(opensAt))).toBe('27 ноября 2026, 01:00');
    expect(plain(format.schoolDate(opensAt))).toBe('26 ноября');
    expect(plain(format.schoolDateTime(opensAt))).toBe('26 ноября в 18:00');
  });

  test('a calendar day is the same day everywhere', () => {
    expect(plain(ru({ personZone: 'America/New_York' }).day('2026-11-26'))).toBe('26 ноября');
  });

  test('the weekday stands before', () => {
    expect(plain(ru().weekday(now))).toBe('вторник, 24 ноября');
  });
});

describe('school time', () => {
  test.each([
    ['Europe/Moscow', 'Europe/Moscow', '26 ноября в 18:00'],
    ['Europe/Moscow', 'Europe/Minsk', '26 ноября в 18:00'],
    ['Europe/Moscow', 'Asia/Yekaterinburg', '26 ноября в 18:00 по Москве, у вас 20:00'],
    ['Europe/Moscow', 'Asia/Vladivostok', '26 ноября в 18:00 по Москве, у вас 27 ноября в 01:00'],
    ['Asia/Omsk', 'Europe/Moscow', '26 ноября в 21:00 по Омску, у вас 18:00'],
    ['Asia/Tashkent', 'Europe/Moscow', '26 ноября в 20:00 по времени GMT+5, у вас 18:00'],
  ])('%s for %s', (schoolZone, personZone, text) => {
    expect(plain(ru({ schoolZone, personZone }).schoolTime(opensAt))).toBe(text);
  });

  test('in English', () => {
    expect(plain(en({ personZone: 'Asia/Yekaterinburg' }).schoolTime(opensAt))).toBe('26 November at 18:00 Moscow time, 20:00 for you');
  });
});

describe('countdown', () => {
  test.each([
    ['2026-12-25T16:00:01Z', null],
    ['2026-12-24T16:00:00Z', '30 дней'],
    ['2026-12-04T18:00:00Z', '10 дней'],
    ['2026-11-26T14:00:00Z', '1 день 22 часа'],
    ['2026-11-25T16:00:00Z', '1 день'],
    ['2026-11-24T21:01:30Z', '5 часов 1 минуту'],
    ['2026-11-24T16:59:59Z', '59:59'],
    ['2026-11-24T16:00:07Z', '0:07'],
    ['2026-11-24T16:00:00Z', null],
    ['2026-11-24T15:00:00Z', null],
  ])('%s', (at, text) => {
    expect(plain(ru().countdown(at)) ?? null).toBe(text);
  });
});

describe('how long ago', () => {
  test.each([
    ['2026-11-24T15:59:40Z', 'только что', 'сегодня'],
    ['2026-11-24T15:55:00Z', '5 минут назад', 'сегодня'],
    ['2026-11-24T12:00:00Z', '4 часа назад', 'сегодня'],
    ['2026-11-23T20:00:00Z', 'вчера', 'вчера'],
    ['2026-11-21T12:00:00Z', '3 дня назад', '3 дня назад'],
    ['2026-10-01T12:00:00Z', '1 октября', '1 октября'],
  ])('%s', (at, ago, days) => {
    expect(plain(ru().ago(at))).toBe(ago);
    expect(plain(ru().daysAgo(at))).toBe(days);
  });
});

test.each([
  ['2026-11-24T15:00:00Z', 'сегодня'],
  ['2026-11-23T20:00:00Z', 'вчера'],
  ['2026-11-21T12:00:00Z', '21 ноября'],
  ['2025-11-21T12:00:00Z', '21 ноября 2025'],
])('the day of something recent: %s', (at, day) => {
  expect(plain(ru().recentDay(at))).toBe(day);
});

test('numbers, shares, money and sizes', () => {
  const format = ru();
  expect(plain(format.number(12.5))).toBe('12,5');
  expect(plain(format.number(10412))).toBe('10 412');
  expect(plain(format.percent(0.714))).toBe('71 %');
  expect(plain(format.percent(0.999))).toBe('99 %');
  expect(plain(format.percent(1.2))).toBe('100 %');
  expect(plain(format.price(149_000, 'RUB'))).toBe('1 490 ₽');
  expect(plain(format.price(149_050, 'RUB'))).toBe('1 490,50 ₽');
  expect(format.price(0, 'RUB')).toBe('Бесплатно');
  expect(plain(format.sum(0, 'RUB'))).toBe('0 ₽');
  expect(plain(format.sum(149_050, 'RUB'))).toBe('1 490,50 ₽');
  expect(plain(format.fileSize(348_160))).toBe('340 КБ');
  expect(plain(format.fileSize(1_258_291))).toBe('1,2 МБ');
  expect(plain(format.wait(42))).toBe('42 секунды');
  expect(plain(format.wait(61))).toBe('2 минуты');
  expect(plain(en().price(149_000, 'RUB'))).toBe('₽1,490');
});
