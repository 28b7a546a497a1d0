import { describe, expect, test } from 'vitest';
import { answerKinds } from '#shared/task-keys.ts';
import { parseTaskSource } from '../../../transfer/task-source.ts';
import { kindIn, mentionedFiles, retitled, templateOf } from './rules.ts';

describe('another title', () => {
  test.each([
    ['plain, with a comment', '---\n# о чём\ntitle: Старое   # имя\nkind: number\n---\nТекст title: x', 'title: Новое   # имя'],
    ['quoted', '---\nkind: number\ntitle: "Старое: да"\n---\n', 'title: Новое\n'],
    ['empty', '---\ntitle:\nkind: number\n---\n', 'title: Новое\nkind'],
    ['empty with a comment', '---\ntitle: # потом\nkind: number\n---\n', 'title: Новое # потом\nkind'],
    ['a block', '---\ntitle: >\n  Старое\n  имя\nkind: number\n---\n', 'title: Новое\nkind'],
    ['missing', '---\nkind: number\n---\n', '---\ntitle: Новое\nkind'],
    ['CRLF', '---\r\ntitle: Старое\r\nkind: number\r\n---\r\nТекст', 'title: Новое\r\nkind'],
  ])('%s', (_, source, expected) => {
    const changed = retitled(source, 'Новое') ?? '';
    expect(changed).toContain(expected);
    expect(changed).not.toContain('Старое');
    expect(changed.slice(changed.indexOf('\n---'))).toBe(source.slice(source.indexOf('\n---')));
  });

  test.each(['Да: нет', '- список', '"кавычки"', '12', 'true', '#5', 'Ёж & «уж»', "it's"])('is read back as it was typed: %s', (title) => {
    const parse = parseTaskSource(retitled('---\ntitle: x\nkind: number\nkey: 1\n---\nТекст', title) ?? '');
    expect(parse.ok && parse.task.title).toBe(title);
  });

  test.each([['no front matter'], ['---\ntitle: "x\n---\n'], ['---\ntitle: x\n']])('a text too broken for it: %j', (source) => {
    expect(retitled(source, 'Новое')).toBeNull();
  });
});

test.each(answerKinds)('the template of «%s» names its kind and misses only what its author has to say', (kind) => {
  const template = templateOf('Проценты: скидка', kind);
  expect(kindIn(template)).toBe(kind);
  const parse = parseTaskSource(template);
  const codes = parse.ok ? [] : parse.problems.map((problem) => problem.code);
  expect(codes).toContain('section-missing');
  expect(codes).not.toContain('yaml');
  expect(codes).not.toContain('key-unknown');
  expect(codes).not.toContain('key-unfit');
});

test('the kind of a text that is broken elsewhere', () => {
  expect(kindIn('---\ntitle: "\nkind: set # да\n---\n')).toBe('set');
  expect(kindIn('---\nkind: guess\n---\nkind: number')).toBeNull();
});

test('files are found by their whole names, wherever a text has them', () => {
  const names = ['a.svg', 'ba.svg', '17.txt', 'data.csv'];
  expect(mentionedFiles(['![x](files/a.svg)', 'files:\n  - name: 17.txt\n'], names)).toEqual(['a.svg', '17.txt']);
  expect(mentionedFiles(['Откройте data.csv.'], names)).toEqual(['data.csv']);
  expect(mentionedFiles(['data.csv2, xdata.csv, data.csv.zip'], names)).toEqual([]);
});
