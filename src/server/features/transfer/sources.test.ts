import { describe, expect, test } from 'vitest';
import { parseCourseSource } from './course-source.ts';
import { describeProblem } from './problem-text.ts';
import type { SourceProblem } from './problems.ts';
import { parseSubjectsSource } from './subjects-source.ts';
import { parseTopicSource } from './topic-source.ts';

function lines(parsed: { ok: boolean; problems?: SourceProblem[] }): string[] {
  return (parsed.problems ?? []).map((problem) => {
    expect(describeProblem(problem)).not.toBe('');
    return `${problem.line}: ${problem.code} ${'key' in problem ? problem.key : ''}`.trim();
  });
}

describe('topic.md', () => {
  test('says everything', () => {
    const source = `---
title: Степени и корни
opens: 2026-11-26 18:00
videos:
  - title: Разбор
    url: https://youtu.be/dQw4w9WgXcQ
    minutes: 12
  - {title: Ещё, url: 'https://vk.com/video-1_2'}
  - title: Свой
    url: files/razbor.mp4
files:
  - name: konspekt.ods
    title: Таблица
  - name: data.txt
---
## Степень

![График](files/graph.svg)
`;
    expect(parseTopicSource(source)).toEqual({
      ok: true,
      topic: {
        isDraft: false,
        keptFiles: [],
        title: 'Степени и корни',
        opens: { kind: 'at', on: '2026-11-26', time: '18:00' },
        theory: '## Степень\n\n![График](files/graph.svg)',
        videos: [
          { title: 'Разбор', url: 'https://youtu.be/dQw4w9WgXcQ', minutes: 12 },
          { title: 'Ещё', url: 'https://vk.com/video-1_2', minutes: null },
          { title: 'Свой', url: 'files/razbor.mp4', minutes: null },
        ],
        listedFiles: [
          { name: 'konspekt.ods', title: 'Таблица' },
          { name: 'data.txt', title: null },
        ],
      },
      files: [
        expect.objectContaining({ name: 'konspekt.ods', line: 12 }),
        expect.objectContaining({ name: 'data.txt', line: 14 }),
        { name: 'razbor.mp4', line: 10 },
        { name: 'graph.svg', line: 18 },
      ],
    });
  });

  test('may have no theory', () => {
    expect(parseTopicSource('---\ntitle: a\nopens: +5m\n---\n')).toMatchObject({
      ok: true,
      topic: { theory: '', videos: [], listedFiles: [] },
    });
  });

  test.each<[string, string, string[]]>([
    ['nothing of what it needs', '---\nvideos: []\n---\n', ['2: key-missing title', '2: key-missing opens']],
    ['a day that is none', '---\ntitle: a\nopens: 2026-02-30 18:00\n---\n', ['3: value-invalid opens']],
    [
      'a video elsewhere',
      '---\ntitle: a\nopens: +5m\nvideos:\n  - title: b\n    url: https://vimeo.com/1\n    minutes: x\n---\n',
      ['6: value-invalid url', '7: value-integer minutes'],
    ],
    [
      'a video without a title',
      '---\ntitle: a\nopens: +5m\nvideos:\n  - url: https://youtu.be/dQw4w9WgXcQ\n    length: 3\n---\n',
      ['5: key-missing title', '6: key-unknown length'],
    ],
    ['a file twice', '---\ntitle: a\nopens: +5m\nfiles:\n  - name: a.txt\n  - name: a.txt\n---\n', ['6: value-repeated files']],
    ['a title in the theory', '---\ntitle: a\nopens: +5m\n---\nx\n\n# Тема\n', ['7: md-heading-level-one']],
  ])('%s', (_, source, expected) => {
    expect(lines(parseTopicSource(source))).toEqual(expected);
  });
});

describe('course.md', () => {
  const head = 'title: Курс\nsubject: math-profile\ntarget: 60\nsummary: Кратко';
  test('says everything', () => {
    expect(parseCourseSource(`---\n${head}\nschedule: По четвергам\nchat-after: 5\n---\n\nТекст\n`)).toEqual({
      ok: true,
      course: {
        isDraft: false,
        title: 'Курс',
        subject: 'math-profile',
        subjectLine: 3,
        target: 60,
        summary: 'Кратко',
        schedule: 'По четвергам',
        chatAfter: 5,
        description: 'Текст',
      },
    });
  });
  test('opens the chat after three answers unless it says otherwise', () => {
    expect(parseCourseSource(`---\n${head}\n---\nТекст`)).toMatchObject({ course: { chatAfter: 3, schedule: null } });
  });
  test.each<[string, string, string[]]>([
    [
      'nothing of what it needs',
      '---\nschedule: x\n---\nТекст',
      ['2: key-missing title', '2: key-missing subject', '2: key-missing summary', '2: key-missing target'],
    ],
    ['a subject by its title', `---\n${head.replace('math-profile', 'Математика')}\n---\nТекст`, ['3: value-invalid subject']],
    ['a target', `---\n${head.replace('60', '60+')}\n---\nТекст`, ['4: value-integer target']],
    ['a long summary', `---\n${head.replace('Кратко', 'я'.repeat(301))}\n---\nТекст`, ['5: value-too-long summary']],
    ['a picture in the description', `---\n${head}\n---\n![a](files/a.svg)`, ['7: md-picture-not-in-files']],
  ])('%s', (_, source, expected) => {
    expect(lines(parseCourseSource(source))).toEqual(expected);
  });
});

describe('subjects.yaml', () => {
  test('lists subjects in order', () => {
    expect(
      parseSubjectsSource(
        '- slug: a\n  title: А\n  about: б\n  max-primary: 3\n  scales:\n    2025: 7 14 100\n- {slug: b, title: Б, about: в, max-primary: 32}\n',
      ),
    ).toEqual({
      ok: true,
      subjects: [
        { slug: 'a', title: 'А', about: 'б', maxPrimary: 3, scales: [{ year: 2025, points: [7, 14, 100] }], position: 0 },
        { slug: 'b', title: 'Б', about: 'в', maxPrimary: 32, scales: [], position: 1 },
      ],
    });
  });
  test.each<[string, string, string[]]>([
    ['a map', 'slug: a\n', ['1: yaml']],
    ['nothing', '', ['1: yaml']],
    [
      'a subject without anything',
      '- {}\n',
      ['1: key-missing slug', '1: key-missing max-primary', '1: key-missing title', '1: key-missing about'],
    ],
    ['text for a subject', '- a\n', ['1: yaml']],
    [
      'a subject twice',
      '- {slug: a, title: А, about: б, max-primary: 29}\n- {slug: a, title: А, about: б, max-primary: 29}\n',
      ['2: value-repeated slug'],
    ],
    ['a short scale', '- {slug: a, title: А, about: б, max-primary: 3, scales: {2025: 7 14}}\n', ['1: value-invalid scales: 2025']],
    ['a scale that falls', '- {slug: a, title: А, about: б, max-primary: 3, scales: {2025: 7 14 13}}\n', ['1: value-invalid scales: 2025']],
    ['a scale over 100', '- {slug: a, title: А, about: б, max-primary: 2, scales: {2025: 7 101}}\n', ['1: value-invalid scales: 2025']],
    ['a scale of no year', '- {slug: a, title: А, about: б, max-primary: 1, scales: {now: 7}}\n', ['1: value-invalid scales: now']],
    ['a slug', '- {slug: A_b, title: А, about: б, max-primary: 0}\n', ['1: value-invalid slug', '1: value-integer max-primary']],
  ])('%s', (_, source, expected) => {
    expect(lines(parseSubjectsSource(source))).toEqual(expected);
  });
});
