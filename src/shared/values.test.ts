import { describe, expect, test } from 'vitest';
import type { FieldIssueCode } from './errors.ts';
import { emailProblem, nameLimit, nameProblem, normalizeEmail, normalizeName, readCode } from './values.ts';

describe('an address is stored in one form, however it was typed', () => {
  test.each([
    ['anna@example.ru', 'anna@example.ru'],
    ['  Anna.Petrova@Example.RU ', 'anna.petrova@example.ru'],
    ['anna @ example.ru', 'anna@example.ru'],
    ['anna\u00a0@example.ru\n', 'anna@example.ru'],
    ['\u200banna@exa\u200cmple.ru\ufeff', 'anna@example.ru'],
    ['ａｎｎａ＠ｅｘａｍｐｌｅ．ｒｕ', 'anna@example.ru'],
    ['ANNA+ege@EXAMPLE.RU', 'anna+ege@example.ru'],
    ["o'neil@example.ru", "o'neil@example.ru"],
    ['post@xn--e1afmkfd.xn--p1ai', 'post@xn--e1afmkfd.xn--p1ai'],
    [`${'a'.repeat(64)}@example.ru`, `${'a'.repeat(64)}@example.ru`],
  ])('%j → %s', (typed, stored) => {
    expect([normalizeEmail(typed), emailProblem(typed)]).toEqual([stored, null]);
    expect(normalizeEmail(stored)).toBe(stored);
  });
});

describe('what is no address is refused, with the reason', () => {
  test.each<[string, FieldIssueCode]>([
    ['', 'required'],
    [' \u200b ', 'required'],
    ['anna', 'email-invalid'],
    ['anna@', 'email-invalid'],
    ['@example.ru', 'email-invalid'],
    ['anna@example', 'email-invalid'],
    ['anna@@example.ru', 'email-invalid'],
    ['anna@example..ru', 'email-invalid'],
    ['.anna@example.ru', 'email-invalid'],
    ['anna.@example.ru', 'email-invalid'],
    ['anna@-example.ru', 'email-invalid'],
    ['anna@example.ru.', 'email-invalid'],
    ['anna@127.0.0.1', 'email-invalid'],
    ['anna@[127.0.0.1]', 'email-invalid'],
    ['Anna <anna@example.ru>', 'email-invalid'],
    ['anna@example.ru,boris@example.ru', 'email-invalid'],
    ['anna@example.ru\u0000', 'email-invalid'],
    [`${'a'.repeat(65)}@example.ru`, 'email-invalid'],
    [`anna@${'a.'.repeat(130)}ru`, 'too-long'],
    // A Cyrillic «а» in mail.ru, a Cyrillic «о», a domain in national letters, a picture.
    ['anna@mаil.ru', 'email-mixed-script'],
    ['annо@mail.ru', 'email-mixed-script'],
    ['почта@пример.рф', 'email-mixed-script'],
    ['anna@пример.рф', 'email-mixed-script'],
    ['anna🎓@example.ru', 'email-mixed-script'],
  ])('%j: %s', (typed, problem) => {
    expect(emailProblem(typed)).toBe(problem);
  });

  test('looking at ten thousand hostile letters takes no longer than looking at them', () => {
    for (const typed of [`${'a.'.repeat(5000)}`, `a@${'a-'.repeat(5000)}`, `a@${'a.'.repeat(5000)}1`])
      expect(emailProblem(typed)).toBe('too-long');
  });
});

describe('a name is kept as it is written, but for what cannot be seen', () => {
  test.each([
    ['Илья', 'Илья'],
    ['  Анна-Мария ', 'Анна-Мария'],
    ['Анна\n  Мария', 'Анна Мария'],
    ["О'Нил", "О'Нил"],
    ['д’Артаньян', 'д’Артаньян'],
    ['Гасан оглы (Мамедов), мл.', 'Гасан оглы (Мамедов), мл.'],
    ['Ё', 'Ё'],
    ['Е\u0308лка', 'Ёлка'],
    ['محمد', 'محمد'],
    ['李', '李'],
    ['Nguyễn', 'Nguyễn'],
    ['\u202eанна\u202c', 'анна'],
    ['Ан\u200bна', 'Анна'],
    ['Анна \u200b Мария', 'Анна Мария'],
    ['\ufeffАнна\u00a0Мария', 'Анна Мария'],
    ['И\u200b\u0306ван', 'Йван'],
    ['А\u0000нна', 'Анна'],
    ['я'.repeat(nameLimit), 'я'.repeat(nameLimit)],
  ])('%j → %j', (typed, kept) => {
    expect([normalizeName(typed), nameProblem(typed)]).toEqual([kept, null]);
    expect(normalizeName(kept)).toBe(kept);
  });
});

describe('what is no name is refused, with the reason', () => {
  test.each<[string, FieldIssueCode]>([
    ['', 'required'],
    ['   ', 'required'],
    ['\u200b\u2060', 'required'],
    ['я'.repeat(nameLimit + 1), 'too-long'],
    ['Иван'.repeat(75), 'too-long'],
    ['Иван🎓', 'name-invalid'],
    ['😀', 'name-invalid'],
    ['---', 'name-invalid'],
    ['Иван2', 'name-invalid'],
    ['<b>Иван</b>', 'name-invalid'],
    ['=1+1', 'name-invalid'],
    ['@sum', 'name-invalid'],
    ['http://spam.example', 'name-invalid'],
    ['\ud800Иван', 'name-invalid'],
  ])('%j: %s', (typed, problem) => {
    expect(nameProblem(typed)).toBe(problem);
  });
});

describe('six digits are found in what was typed or pasted', () => {
  test.each([
    ['482913', '482913'],
    ['000000', '000000'],
    [' 482 913 ', '482913'],
    ['482-913', '482913'],
    ['482–913', '482913'],
    ['4 8 2 9 1 3', '482913'],
    ['\u200b482\u00a0913\n', '482913'],
    ['４８２９１３', '482913'],
    ['٤٨٢٩١٣', '482913'],
    ['۴۸۲۹۱۳', '482913'],
    ['', null],
    ['48291', null],
    ['4829133', null],
    ['48291a', null],
    ['48291З', null],
    ['+482913', null],
    ['4829.13', null],
    ['код 482913', null],
    ['①②③④⑤⑥', '123456'],
  ])('%j → %s', (typed, code) => {
    expect(readCode(typed)).toBe(code);
  });
});
