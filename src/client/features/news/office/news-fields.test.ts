import { describe, expect, test } from 'vitest';
import { newsLimits } from '#shared/news.ts';
import {
  audienceOf,
  blankNews,
  buttonOf,
  fieldsOf,
  inputOf,
  isHalfDone,
  type NewsFields,
  parseFields,
  problemsOf,
  sameInput,
  sourceOf,
} from './news-fields.ts';

const course = 'b2f5c1a0-0000-4000-8000-000000000001';
const full: NewsFields = { ...blankNews, title: 'Разбор', body: 'Выложили запись.' };

test.each<[string, Partial<NewsFields>, ReturnType<typeof buttonOf>]>([
  ['none', {}, null],
  ['only spaces', { buttonLabel: ' ', buttonUrl: ' ' }, null],
  ['a path', { buttonLabel: ' Смотреть ', buttonUrl: ' /courses/math ' }, { label: 'Смотреть', url: '/courses/math' }],
  ['an address', { buttonLabel: 'Смотреть', buttonUrl: 'https://example.ru/a' }, { label: 'Смотреть', url: 'https://example.ru/a' }],
  ['no label', { buttonUrl: '/courses' }, 'half'],
  ['no address', { buttonLabel: 'Смотреть' }, 'half'],
  ['no https', { buttonLabel: 'Смотреть', buttonUrl: 'http://example.ru' }, 'half'],
  ['another host in disguise', { buttonLabel: 'Смотреть', buttonUrl: '//example.ru' }, 'half'],
  ['a script', { buttonLabel: 'Смотреть', buttonUrl: 'javascript:alert(1)' }, 'half'],
  ['a label that is too long', { buttonLabel: 'я'.repeat(newsLimits.buttonLabel + 1), buttonUrl: '/courses' }, 'half'],
])('a button: %s', (_, part, expected) => {
  expect(buttonOf({ ...blankNews, ...part })).toEqual(expected);
});

test.each<[string, Partial<NewsFields>, ReturnType<typeof audienceOf>]>([
  ['all', {}, { audience: 'all' }],
  ['a course', { audience: 'course', courseId: course }, { audience: 'course', courseId: course }],
  ['a course that is not chosen', { audience: 'course' }, null],
  ['the inactive', { audience: 'inactive', inactiveDays: ' 14' }, { audience: 'inactive', inactiveDays: 14 }],
  ['no days', { audience: 'inactive', inactiveDays: '0' }, null],
  ['more days than a year has', { audience: 'inactive', inactiveDays: '366' }, null],
  ['no number', { audience: 'inactive', inactiveDays: 'две' }, null],
  ['a list', { audience: 'list' }, { audience: 'list' }],
])('to whom: %s', (_, part, expected) => {
  expect(audienceOf({ ...blankNews, ...part })).toEqual(expected);
});

describe('what the server gets', () => {
  test('what is half done stays as the server has it, and the device keeps it', () => {
    const typed: NewsFields = { ...full, audience: 'course', buttonLabel: 'Смотреть' };
    const before = { button: { label: 'Было', url: '/news' }, to: { audience: 'list' as const } };
    expect(inputOf(typed, before)).toMatchObject(before);
    expect(isHalfDone(typed)).toBe(true);
    expect(isHalfDone(full)).toBe(false);
  });

  test('there and back it is the same, but for the spaces around a title', () => {
    const typed: NewsFields = { ...full, title: ' Разбор ', audience: 'inactive', inactiveDays: '30', email: false };
    const input = inputOf(typed, null);
    expect(fieldsOf(input)).toEqual({ ...typed, title: 'Разбор' });
    expect(sameInput(input, inputOf({ ...typed, title: 'Разбор' }, null))).toBe(true);
    expect(sameInput(input, inputOf({ ...typed, inactiveDays: '31' }, null))).toBe(false);
  });
});

test.each([
  ['what was written', sourceOf(full), full],
  ['nothing', '', null],
  ['another thing', '[]', null],
  ['a field too few', JSON.stringify({ title: 'Разбор' }), null],
  ['an audience that does not exist', sourceOf(full).replace('"all"', '"parents"'), null],
])('from the device: %s', (_, source, expected) => {
  expect(parseFields(source)).toEqual(expected);
});

test.each<[string, Partial<NewsFields>, number, string[]]>([
  ['all is there', {}, 0, []],
  ['nothing is', { title: ' ', body: '\n' }, 0, ['title', 'body']],
  ['too long', { title: 'я'.repeat(newsLimits.title + 1), body: 'я'.repeat(newsLimits.body + 1) }, 0, ['title', 'body']],
  ['an empty list', { audience: 'list' }, 0, ['list']],
  ['a list', { audience: 'list' }, 3, []],
  ['half a button', { buttonLabel: 'Смотреть' }, 0, ['buttonUrl']],
  ['the other half', { buttonUrl: '/courses' }, 0, ['buttonLabel']],
  ['no course, no channel', { audience: 'course', site: false, telegram: false, email: false }, 0, ['courseId', 'channels']],
])('before it is sent: %s', (_, part, listed, expected) => {
  expect(problemsOf({ ...full, ...part }, listed)).toEqual(expected);
});
