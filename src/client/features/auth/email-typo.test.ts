import { describe, expect, test } from 'vitest';
import { correctedEmail } from './email-typo.ts';

describe('correctedEmail', () => {
  test.each([
    ['ilya@gmial.com', 'ilya@gmail.com'],
    ['ilya@gmail.con', 'ilya@gmail.com'],
    ['ilya@gmai.con', 'ilya@gmail.com'],
    ['ilya@gmail.ru', 'ilya@gmail.com'],
    ['Ilya@Yandx.ru', 'ilya@yandex.ru'],
    ['ilya@mail.rj', 'ilya@mail.ru'],
    ['ilya@mail..ru', 'ilya@mail.ru'],
    ['ilya@mail,ru', 'ilya@mail.ru'],
    ['ilya@mail.ru.', 'ilya@mail.ru'],
  ])('%s', (typed, meant) => {
    expect(correctedEmail(typed)).toBe(meant);
  });

  test.each([
    'ilya@gmail.com',
    'ilya@mail.ru',
    'ilya@bk.ru',
    'ilya@school57.ru',
    'ilya@mail.com',
    'ilya@yandex.by',
    'ilya',
    '@gmial.com',
    '',
  ])('%s is left alone', (typed) => {
    expect(correctedEmail(typed)).toBeNull();
  });
});
