import { expect, test } from 'vitest';
import type { HomeDto } from '#shared/progress.ts';
import { capitalised } from './capitalised.ts';
import { continueLink, soonest } from './home-view.ts';

const at: NonNullable<HomeDto['continueAt']> = {
  courseSlug: 'math-60',
  courseTitle: 'Математика, профиль 60+',
  topicSlug: 'equations',
  topicTitle: 'Простейшие уравнения',
  topicNumber: 2,
  courseTopics: 7,
  tasks: { done: 2, total: 5 },
  task: { slug: 'logarithm', number: 3 },
};

test('the button leads to the very task', () => {
  expect(continueLink(at)).toBe('/courses/math-60/equations#logarithm');
  expect(continueLink({ ...at, tasks: { done: 0, total: 0 }, task: null })).toBe('/courses/math-60/equations');
});

test('there is no button to what is done', () => {
  expect(continueLink({ ...at, tasks: { done: 5, total: 5 }, task: null })).toBeNull();
  expect(continueLink(null)).toBeNull();
});

test('the next opening is the earliest of all courses', () => {
  expect(soonest([{ nextOpensAt: null }, { nextOpensAt: '2026-12-03T15:00:00Z' }, { nextOpensAt: '2026-11-26T15:00:00Z' }])).toBe(
    '2026-11-26T15:00:00Z',
  );
  expect(soonest([{ nextOpensAt: null }])).toBeNull();
});

test('a line begins with a capital', () => {
  expect(capitalised('вторник, 24 ноября', 'ru')).toBe('Вторник, 24 ноября');
  expect(capitalised('', 'ru')).toBe('');
});
