import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { officeCatalogue as en } from '#shared/i18n/en/office/all.ts';
import { officeCatalogue as ru } from '#shared/i18n/ru/office/all.ts';
import { answerKinds, taskKeys } from '#shared/task-keys.ts';
import { completeSource } from './key-completion.ts';

/** What is offered at the sign «|». */
function offered(text: string, { explicit = false, kind = 'task' as 'task' | 'theory', fileNames = [] as string[] } = {}): string[] | null {
  const pos = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const found = completeSource({ kind, keyWords: {}, fileNames: () => fileNames })(new CompletionContext(state, pos, explicit));
  return found?.options.map(({ label }) => label) ?? null;
}

describe('keys', () => {
  test('all that the parser takes, before the kind is known', () => {
    expect(offered('---\nt|\n---\n')).toEqual([...taskKeys]);
  });

  test('only those of the kind, and none twice', () => {
    const keys = offered('---\nkind: set\nkey: 135\np|\n---\n');
    expect(keys).toEqual(expect.arrayContaining(['partial', 'length', 'title']));
    for (const key of ['kind', 'key', 'grid', 'options']) expect(keys).not.toContain(key);
  });

  test('an empty line stays quiet until it is asked', () => {
    expect(offered('---\n|\n---\n')).toBeNull();
    expect(offered('---\n|\n---\n', { explicit: true })).not.toBeNull();
  });

  test('also while the front matter has no end yet', () => {
    expect(offered('---\nti|')).toContain('title');
  });

  test('nothing below it, and nothing in a theory', () => {
    expect(offered('---\nkind: set\n---\nti|')).toBeNull();
    expect(offered('---\nti|', { kind: 'theory' })).toBeNull();
  });

  test('each has its words in both languages', () => {
    for (const { editor } of [ru, en]) expect(taskKeys.filter((key) => !Object.hasOwn(editor.keys, key))).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    ['---\nkind: |\n---\n', [...answerKinds]],
    ['---\nkind: cells\npartial: |\n---\n', ['none', 'swapped', 'one-right', 'swapped-or-one-right']],
    ['---\nkind: set\npartial: n|\n---\n', ['none', 'ege']],
    ['---\nsolution: |\n---\n', ['always', 'solved', 'after 3']],
    ['---\ntitle: |\n---\n', null],
  ])('%j', (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });
});

test('files of the topic behind files/', () => {
  const fileNames = ['graph.svg', 'table.png'];
  expect(offered('---\nkind: set\n---\n![а](files/g|', { fileNames })).toEqual(fileNames);
  expect(offered('![а](files/|)', { kind: 'theory', fileNames })).toEqual(fileNames);
});
