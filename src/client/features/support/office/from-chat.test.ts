import { expect, test } from 'vitest';
import type { MessageDto } from '#shared/chat.ts';
import { faqLimits } from '#shared/support-limits.ts';
import { articleFrom, chatPlaceIn } from './from-chat.ts';

const threadId = '6f1c7a52-8d0e-4a53-9a6e-0c9b1f0a7d11';
function message(seq: number, who: 'student' | 'teacher', body: string, part: Partial<MessageDto> = {}): MessageDto {
  const author = { id: who, name: who, teacher: who === 'teacher' };
  return {
    threadId,
    seq,
    rev: seq,
    kind: 'text',
    author,
    clientId: null,
    html: '',
    body,
    files: [],
    at: '',
    editedAt: null,
    deleted: null,
    restorable: false,
    ...part,
  };
}
const talk = [
  message(1, 'student', 'код', { kind: 'search' }),
  message(2, 'student', 'Не приходит\n  код. Что делать?'),
  message(3, 'teacher', 'Посмотрите в папке «Спам».'),
  message(4, 'student', 'Нашла, спасибо'),
  message(5, 'teacher', 'Хорошо.'),
];

test('an answer becomes an article: the question before it, what was searched as its words', () => {
  expect(articleFrom(talk, 3)).toEqual({ title: 'Не приходит код. Что делать?', body: 'Посмотрите в папке «Спам».', keywords: 'код' });
  expect(articleFrom(talk, 5)?.title).toBe('Нашла, спасибо');
});

test.each<[string, MessageDto[], number, ReturnType<typeof articleFrom>]>([
  ['nothing was asked', [message(1, 'teacher', 'Ответ')], 1, { title: '', body: 'Ответ', keywords: '' }],
  [
    'only searched',
    [message(1, 'student', 'баллы', { kind: 'search' }), message(2, 'teacher', 'Ответ')],
    2,
    { title: 'баллы', body: 'Ответ', keywords: 'баллы' },
  ],
  [
    'what was deleted is not taken',
    [message(1, 'student', 'Раз'), message(2, 'student', 'Два', { deleted: 'author', body: null }), message(3, 'teacher', 'Ответ')],
    3,
    { title: 'Раз', body: 'Ответ', keywords: '' },
  ],
  ['the answer is deleted', [message(1, 'teacher', 'Ответ', { deleted: 'moderator', body: null })], 1, null],
  ['the answer is not there', [], 1, null],
])('%s', (_, messages, seq, expected) => {
  expect(articleFrom(messages, seq)).toEqual(expected);
});

test('a long question is cut at a word and fits', () => {
  const title = articleFrom([message(1, 'student', 'слово '.repeat(200)), message(2, 'teacher', 'Ответ')], 2)?.title ?? '';
  expect(title.length).toBeLessThanOrEqual(faqLimits.title);
  expect(title).toMatch(/слово…$/);
});

test.each([
  [`?thread=${threadId}&seq=7`, { threadId, seq: 7 }],
  [`?thread=${threadId}`, null],
  [`?thread=${threadId}&seq=0`, null],
  [`?thread=${threadId}&seq=1.5`, null],
  ['?thread=../x&seq=1', null],
  ['', null],
])('%s', (search, expected) => {
  expect(chatPlaceIn(search)).toEqual(expected);
});
