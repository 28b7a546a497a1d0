import { expect, test } from 'vitest';
import { telegramTexts } from './telegram-text.ts';

const said = { title: 'Ответ преподавателя', body: 'Первая строка\nвторая', button: null, pictures: [] };
const url = 'https://school.example';

test('what was typed in a chat keeps its lines, what was written as a text is set as one', () => {
  const htmlOf = (replyTo: string | null) => telegramTexts({ ...said, replyTo }, url).pieces[0]?.html;
  expect(htmlOf('thread')).toContain('Первая строка\nвторая');
  expect(htmlOf(null)).toContain('Первая строка вторая');
});

test('a long announcement is its beginning and where the rest is; anything else comes whole', () => {
  const body = Array.from({ length: 60 }, (_, n) => `${n} ${'слово '.repeat(50)}`).join('\n\n');
  const readOn = { label: 'Читать на сайте', url: '/news/1' };
  expect(telegramTexts({ ...said, body, replyTo: null, readOn }, url)).toMatchObject({
    pieces: [expect.anything()],
    button: readOn,
    fitsCaption: false,
  });
  expect(telegramTexts({ ...said, body, replyTo: null }, url).pieces.length).toBeGreaterThan(3);
});

test('a button that has to be a line has its room: in every piece, and under several pictures', () => {
  const button = { label: 'Открыть', url: '/courses/math' };
  const { pieces } = telegramTexts({ ...said, title: '', body: 'ы'.repeat(4096), replyTo: null, button }, 'http://school:3000');
  const line = '\n\nОткрыть: http://school:3000/courses/math'.length;
  expect(pieces[0]?.length).toBe(4096 - line);
  const picture = {
    alt: '',
    name: '',
    mime: '',
    load: () => Promise.reject(),
    url: null,
    telegramFileId: '1',
    keepTelegramFileId: async () => {},
  };
  const fits = (pictures: number, length: number) =>
    telegramTexts(
      { title: '', body: 'ы'.repeat(length), replyTo: null, button, pictures: Array.from({ length: pictures }, () => picture) },
      url,
    ).fitsCaption;
  expect([fits(1, 1024), fits(1, 1025), fits(2, 1024), fits(2, 1024 - '\n\nОткрыть'.length)]).toEqual([true, false, false, true]);
});
