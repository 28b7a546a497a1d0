import { expect, test } from 'vitest';
import { offsetOf, zoneChoices } from './time-zones.ts';

const winter = Date.parse('2026-11-26T12:00:00Z');

test('offsets are named as UTC', () => {
  expect(offsetOf('Europe/Moscow', winter)).toBe('UTC+3');
  expect(offsetOf('America/New_York', winter)).toBe('UTC−5');
  expect(offsetOf('Asia/Kolkata', winter)).toBe('UTC+5:30');
});

test('Russia comes first, by cities, and nowhere twice', () => {
  const { russia, elsewhere } = zoneChoices('ru', 'Asia/Omsk', winter);
  expect(russia[1]).toEqual({ value: 'Europe/Moscow', label: 'Москва, Санкт-Петербург, UTC+3' });
  expect(elsewhere.some(({ value }) => value === 'Europe/Moscow')).toBe(false);
  expect(elsewhere.length).toBeGreaterThan(100);
});

test('a zone under an older name stays choosable', () => {
  const { elsewhere } = zoneChoices('en', 'Asia/Calcutta', winter);
  expect(elsewhere.filter(({ value }) => value === 'Asia/Calcutta')).toHaveLength(1);
});
